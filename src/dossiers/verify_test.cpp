// Rows of dossiers against their sealed events, and what a lawful erasure leaves of both.
#include "dossiers/dossiers.hpp"

#include "dossiers/service.hpp"
#include "dossiers/testing.hpp"

#include <gtest/gtest.h>

namespace chilang::dossiers {

namespace {

struct VerifyTest : ::testing::Test {
    testing::House house;
    Service service{*house.platform};
    identity::Actor officer = house.everybody();

    Receipt submitted_and_accepted() {
        NewDossier d;
        d.procedure = "1.001193";
        d.agency = house.agency().id;
        d.applicant = {"Hoàng Thị Mẫu", "020183000321", "0912 000 111", "", "thôn Bản Thí"};
        d.brought = {1, 2};
        const Answer made = service.submit_and_wait(d, "citizen", house.now);
        EXPECT_TRUE(made.ok());
        Step step;
        step.action = Action::accept;
        EXPECT_TRUE(service
                        .act_and_wait({.dossier = made.receipt.id, .step = step}, &officer,
                                      house.now + std::chrono::hours(1))
                        .ok());
        EXPECT_TRUE(house.settle());
        return made.receipt;
    }
    std::vector<std::string> verify() {
        auto connection = house.database.pool().lease();
        return verify_rows(*connection);
    }
    void sql(const std::string& script) {
        auto connection = house.database.pool().lease();
        connection->script(script);
    }
    std::string received(figures::Figures& figures) const {
        const Date to = make_date(2023, 12, 31);
        return figures
            .value({.metric = "dossiers_received",
                    .from = make_date(2023, 1, 1),
                    .to = to,
                    .now = at(to, 1439)})
            .text;
    }
    // Salt and payload of all events of the dossier, as an operator erases them by law.
    void erase(const Id& dossier) {
        sql("UPDATE ledger.event SET payload = NULL, salt = NULL, commitment = "
            "sha256('\\x03'::bytea"
            " || salt || int8send(length(convert_to(stream, 'UTF8'))) || convert_to(stream, 'UTF8')"
            " || int8send(length(convert_to(actor, 'UTF8'))) || convert_to(actor, 'UTF8')"
            " || convert_to(payload, 'UTF8')) WHERE stream = 'dossier/" +
            to_string(dossier) + "'");
    }
};

TEST_F(VerifyTest, AnEditedDueDateOfTheBusinessRowIsNamed) {
    const auto receipt = submitted_and_accepted();
    EXPECT_EQ(verify(), std::vector<std::string>{});
    sql("UPDATE dossiers.dossier SET due_at = due_at + interval '3 days'");
    const auto findings = verify();
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_NE(findings[0].find(receipt.code), std::string::npos) << findings[0];
    EXPECT_NE(findings[0].find("hạn trả"), std::string::npos) << findings[0];
    EXPECT_EQ(findings[0].find("trạng thái"), std::string::npos) << findings[0];
}

TEST_F(VerifyTest, AnErasedEventAccusesNobodyAndFoldsAsNothing) {
    submitted_and_accepted();
    const auto erased = submitted_and_accepted();
    EXPECT_EQ(received(*house.figures), "2");
    erase(erased.id);
    EXPECT_EQ(verify(), std::vector<std::string>{});
    house.figures->rebuild(house.database.pool(), *house.ledger);
    EXPECT_EQ(received(*house.figures), "1");
    EXPECT_EQ(house.figures->position(), house.ledger->size());
}

}  // namespace
}  // namespace chilang::dossiers

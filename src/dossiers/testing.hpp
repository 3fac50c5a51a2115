// A whole house for the tests of this module: real PostgreSQL, lane, ledger, identity, pages.
//
// One agency of each tier comes from the seeded province; the clock stands where the test puts it.
// Handlers are called through the router's table with the actor set, as the guard would do.
#pragma once

#include "db/lane.hpp"
#include "db/testing.hpp"
#include "dossiers/dossiers.hpp"
#include "dossiers/rules_samples.hpp"
#include "dossiers/service.hpp"
#include "figures/figures.hpp"
#include "files/files.hpp"
#include "html/html.hpp"
#include "http/http.hpp"
#include "identity/identity.hpp"
#include "identity/install.hpp"
#include "ledger/ledger.hpp"
#include "places/places.hpp"
#include "platform/platform.hpp"

#include <filesystem>
#include <future>
#include <thread>

namespace chilang::dossiers::testing {

constexpr std::string_view smallest_pdf =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

struct Deaf : http::Live {
    void publish(Message) override {}
    std::size_t listeners() const override { return 0; }
};

struct House {
    db::TestDatabase database;
    std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("dossiers-" + to_string(new_id(0)));
    std::shared_ptr<const Clock> clock = std::make_shared<Clock>();
    std::unique_ptr<places::Directory> places;
    std::unique_ptr<workdays::Directory> workdays;
    std::unique_ptr<ledger::Ledger> ledger;
    std::unique_ptr<db::WriteLane> lane;
    std::unique_ptr<identity::Identity> identity;
    std::unique_ptr<files::Store> files;
    std::unique_ptr<figures::Figures> figures;
    html::Templates templates{html::embedded_templates(), "test"};
    http::Router router;
    Deaf live;
    std::vector<Job> jobs;
    std::unique_ptr<Platform> platform;
    Instant now = samples::moment("2023-06-14T09:00:00+07:00");

    House() {
        auto connection = database.pool().lease();
        places::seed(*connection);
        for (Procedure p : procedures()) {
            const db::Statement statement = save(p);
            connection->query(statement.sql, statement.params);
        }
        connection->script(
            "INSERT INTO identity.account (id, login, name, password_hash, totp_secret, created_at)"
            " VALUES (12, 'locthithu', 'Lộc Thị Thử', 'x', 'x', now());"
            "INSERT INTO identity.position (id, account, title, role, agency, valid_from)"
            " SELECT 12, 12, 'Chuyên viên', 'specialist', min(id), '2020-01-01' FROM "
            "places.agency");
        places = std::make_unique<places::Directory>(database.pool());
        places->reload();
        workdays::seed(*connection);
        workdays = std::make_unique<workdays::Directory>(database.pool());
        workdays->reload();
        ledger = std::make_unique<ledger::Ledger>(
            database.pool(), ledger::Ledger::Options{.folder = folder / "ledger", .batch_ms = 5});
        lane = std::make_unique<db::WriteLane>(
            database.url(),
            db::WriteLane::Options{.after_commit = [this] { ledger->wake(); },
                                   .explain =
                                       [](const std::string& name) {
                                           return explain(name).value_or(Problem{name, "", name});
                                       }});
        identity = std::make_unique<identity::Identity>(database.pool(), *lane, *ledger, *places,
                                                        identity::Identity::Options{});
        files = std::make_unique<files::Store>(folder / "files");
        figures = std::make_unique<figures::Figures>(*places);
        platform = std::make_unique<Platform>(
            Platform{clock, database.pool(), *lane, router, live, templates, *workdays, *places,
                     *ledger, *identity, *files, *figures, "https://example.test", jobs});
        router.error_page = [](const http::Request&, int status, std::string title) {
            return http::problem(status, title);
        };
        identity::install(*platform);
        install(*platform);
        ledger->follow({"figures", 0, [this](std::span<const ledger::Sealed> events) {
                            figures->consume(events);
                        }});
        ledger->start();
        templates.strict();
    }
    ~House() {
        ledger->stop();
        lane.reset();
        std::filesystem::remove_all(folder);
    }

    static std::vector<Procedure> procedures() {
        Procedure birth = samples::sample_procedure();
        Procedure slow = birth;
        slow.id = 2;
        slow.code = "1.013225";
        slow.name = "Cấp giấy phép xây dựng nhà ở riêng lẻ";
        slow.field = "Xây dựng";
        slow.limit_amount = 15;
        slow.pause_policy = PausePolicy::extend;
        slow.pause_clause = "khoản 2 Điều 56 Nghị định mẫu";
        Procedure paper = birth;
        paper.id = 3;
        paper.code = "2.000815";
        paper.name = "Chứng thực bản sao từ bản chính";
        paper.field = "Chứng thực";
        paper.level = ServiceLevel::information;
        return {birth, slow, paper};
    }

    // Every committed event is sealed and folded.
    bool settle() {
        for (int i = 0; i < 500; ++i) {
            ledger->settle(5000);
            auto connection = database.pool().lease();
            const auto rows = connection->query(
                "SELECT (SELECT count(*) FROM ledger.event), (SELECT count(*) FROM ledger.intake)");
            if (rows.at(0, 1).integer() == 0 && rows.at(0, 0).integer() == figures->position())
                return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return false;
    }

    const places::Agency& agency() const {
        return *places->now()->agencies_on(date_of(now)).front();
    }

    identity::Actor actor(std::initializer_list<const char*> rights,
                          std::int64_t position = 12) const {
        identity::Actor actor;
        actor.account = position;
        actor.name = "Lộc Thị Thử";
        actor.position.id = position;
        actor.position.agency = agency().id;
        actor.agencies = {agency().id};
        actor.csrf = "token";
        for (const char* right : rights) actor.rights.insert(right);
        return actor;
    }
    identity::Actor everybody() const {
        return actor({"dossiers.view", "dossiers.receive", "dossiers.supplement", "dossiers.assign",
                      "dossiers.process", "dossiers.decide"});
    }

    http::Request request(http::Method method, std::string path, const identity::Actor& who) const {
        http::Request request;
        request.method = method;
        request.target = path;
        const auto mark = path.find('?');
        if (mark != path.npos)
            for (const std::string& pair :
                 text::split(std::string_view(path).substr(mark + 1), '&')) {
                const auto equals = pair.find('=');
                request.query.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
            }
        request.path = path.substr(0, mark);
        request.now = now;
        request.remote = "127.0.0.1";
        request.principal = std::make_shared<const identity::Actor>(who);
        return request;
    }

    http::Response ask(http::Request request) const {
        const auto match = router.match(request.method, request.path);
        if (!match.route) return http::text("no such route", 404);
        request.path_params = match.params;
        http::Response response = match.route->handler(request);
        if (!response.later) return response;
        std::promise<http::Response> promise;
        response.later([&promise](http::Response late) { promise.set_value(std::move(late)); });
        return promise.get_future().get();
    }
    http::Response get(std::string path, const identity::Actor& who) const {
        return ask(request(http::Method::get, std::move(path), who));
    }
    http::Response post(std::string path, const identity::Actor& who, http::Pairs form) const {
        http::Request sent = request(http::Method::post, std::move(path), who);
        sent.form = std::move(form);
        return ask(std::move(sent));
    }
};

}  // namespace chilang::dossiers::testing

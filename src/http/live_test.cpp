// Event streams: order, resuming, forgetting, slow listeners.
#include "http/client_testing.hpp"
#include "http/http.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace chilang::http {
namespace {

using namespace std::chrono_literals;
using testing::Client;

class LiveTest : public ::testing::Test {
protected:
    void SetUp() override {
        options.port = 0;
        options.workers = 2;
        options.comment_seconds = 1;
        server = std::make_unique<Server>(router, options);
        server->stream("/luong", "public",
                       [](const Request&, std::string_view topic) { return topic != "kin"; });
        server->start();
    }
    void listen(Client& client, std::string_view query, std::string_view last = "") {
        std::string head = "GET /luong?" + std::string(query) + " HTTP/1.1\r\nHost: a\r\n";
        if (!last.empty()) head += "Last-Event-ID: " + std::string(last) + "\r\n";
        const std::size_t before = server->live().listeners();
        client.send(head + "\r\n");
        EXPECT_TRUE(client.until("\r\n\r\n"));
        for (int i = 0; i < 200 && server->live().listeners() == before; ++i)
            std::this_thread::sleep_for(5ms);
    }
    void say(std::uint64_t index, std::string topic = "figures") {
        server->live().publish({index, std::move(topic), "{\"n\":" + std::to_string(index) + "}"});
    }

    Router router;
    Server::Options options;
    std::unique_ptr<Server> server;
};

TEST_F(LiveTest, DeliversInOrderToTheTopicOnly) {
    Client client(server->port());
    listen(client, "topic=figures");
    EXPECT_NE(client.seen.find("Content-Type: text/event-stream"), std::string::npos);
    say(1);
    say(2, "inbox");
    say(3);
    ASSERT_TRUE(client.until("id: 3\nevent: figures\ndata: {\"n\":3}\n\n"));
    EXPECT_LT(client.seen.find("id: 1\n"), client.seen.find("id: 3\n"));
    EXPECT_EQ(client.seen.find("id: 2\n"), std::string::npos);
}

TEST_F(LiveTest, ResumesAfterTheLastIndex) {
    for (std::uint64_t i = 10; i < 20; ++i) say(i, i % 2 ? "figures" : "inbox");
    Client client(server->port());
    listen(client, "topic=figures&topic=inbox", "15");
    say(20);
    ASSERT_TRUE(client.until("id: 20\n"));
    EXPECT_EQ(client.seen.find("id: 14\n"), std::string::npos);
    EXPECT_LT(client.seen.find("id: 16\n"), client.seen.find("id: 17\n"));
    EXPECT_EQ(client.seen.find("event: reset"), std::string::npos);
}

TEST_F(LiveTest, SaysResetWhenItForgot) {
    for (std::uint64_t i = 1; i <= 1100; ++i) say(i);
    Client old(server->port()), fresh(server->port());
    listen(old, "topic=figures", "50");
    EXPECT_TRUE(old.until("event: reset\n"));
    listen(fresh, "topic=figures", "200");
    EXPECT_TRUE(fresh.until("id: 1100\n"));
    EXPECT_EQ(fresh.seen.find("event: reset"), std::string::npos);
}

TEST_F(LiveTest, SaysResetAfterARestart) {
    Client client(server->port());
    listen(client, "topic=figures", "812004");
    EXPECT_TRUE(client.until("event: reset\n"));
}

TEST_F(LiveTest, RefusesTopics) {
    Client none(server->port());
    EXPECT_EQ(none.get("/luong").status, 400);
    EXPECT_EQ(none.get("/luong?topic=kin").status, 403);
}

TEST_F(LiveTest, CommentsAndCountsListeners) {
    auto client = std::make_unique<Client>(server->port());
    listen(*client, "topic=figures");
    EXPECT_EQ(server->live().listeners(), 1u);
    EXPECT_TRUE(client->until("\n:\n\n") || client->until("\r\n:\n\n"));
    client.reset();
    for (int i = 0; i < 400 && server->live().listeners(); ++i) std::this_thread::sleep_for(5ms);
    EXPECT_EQ(server->live().listeners(), 0u);
}

TEST_F(LiveTest, LetsSlowListenersGo) {
    Client slow(server->port());
    listen(slow, "topic=figures");
    const std::string data = "{\"x\":\"" + std::string(60'000, 'x') + "\"}";
    for (std::uint64_t i = 1; i < 400 && server->live().listeners(); ++i) {
        server->live().publish({i, "figures", data});
        std::this_thread::sleep_for(2ms);
    }
    EXPECT_EQ(server->live().listeners(), 0u);
}

TEST_F(LiveTest, HeadOfAStreamEnds) {
    Client client(server->port());
    client.send("HEAD /luong?topic=figures HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.reply(false).status, 200);
    EXPECT_TRUE(client.closed());
    EXPECT_EQ(server->live().listeners(), 0u);
}

}  // namespace
}  // namespace chilang::http

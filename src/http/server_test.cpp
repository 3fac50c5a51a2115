// The server over real sockets: ordinary requests, limits, slow and broken clients, the end.
#include "http/client_testing.hpp"
#include "http/http.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

namespace chilang::http {
namespace {

using namespace std::chrono_literals;
using testing::Client;

Route route(Method method, std::string pattern, Handler handler, std::size_t body_max = 64 * 1024) {
    return {.method = method,
            .pattern = std::move(pattern),
            .right = "public",
            .event = "none",
            .handler = std::move(handler),
            .body_max = body_max};
}

class ServerTest : public ::testing::Test {
protected:
    void SetUp() override {
        router.add(route(Method::get, "/chao",
                         [](Request& r) { return text("xin chào " + std::string(r.arg("ai"))); }));
        router.add(route(Method::post, "/gui", [](Request& r) {
            return text(std::string(r.field("ten")) + "|" + std::to_string(r.uploads.size()) + "|" +
                        r.body);
        }));
        router.add(route(
            Method::post, "/lon", [](Request& r) { return text(std::to_string(r.body.size())); },
            4 * 1024 * 1024));
        router.add(
            route(Method::get, "/to", [](Request&) { return text(std::string(30'000'000, 'x')); }));
        router.add(route(Method::get, "/trang", [](Request&) {
            Response page;
            for (int i = 0; i < 500; ++i) page.body += "<p>Hồ sơ đang giải quyết</p>";
            return page;
        }));
        router.add(route(Method::get, "/loi",
                         [](Request&) -> Response { throw std::runtime_error("x"); }));
        router.add(route(Method::get, "/sau", [this](Request&) {
            Response response;
            response.later = [this](std::function<void(Response)> done) {
                thread = std::thread([done] {
                    std::this_thread::sleep_for(20ms);
                    done(text("muộn"));
                    done(text("lần hai"));
                });
            };
            return response;
        }));
        router.add(route(Method::get, "/bo", [](Request&) {
            Response response;
            response.later = [](std::function<void(Response)>) {};
            return response;
        }));
        router.add(route(Method::get, "/cham", [this](Request&) {
            entered = true;
            std::this_thread::sleep_for(400ms);
            return text("xong");
        }));
        serve_asset(router, "/assets/app.css", "text/css", std::string(9000, 'a'));
        options.port = 0;
        options.workers = 3;
        options.header_seconds = options.body_seconds = options.write_seconds = 1;
        options.idle_seconds = 1;
    }
    void TearDown() override {
        server.reset();
        if (thread.joinable()) thread.join();
    }
    std::uint16_t start() {
        server = std::make_unique<Server>(router, options);
        server->stream("/luong", "public");
        server->start();
        return server->port();
    }

    Router router;
    Server::Options options;
    std::unique_ptr<Server> server;
    std::thread thread;
    std::atomic<bool> entered{false};
};

TEST_F(ServerTest, AnswersAndKeepsTheLine) {
    Client client(start());
    const auto first = client.get("/chao?ai=L%C3%BD");
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(first.body, "xin chào Lý");
    for (const char* header :
         {"X-Content-Type-Options: nosniff", "Content-Security-Policy: ", "X-Frame-Options: DENY",
          "Referrer-Policy: ", "Cache-Control: no-store", "Permissions-Policy: ", "Date: "})
        EXPECT_TRUE(first.has(header)) << header;
    EXPECT_EQ(client.get("/chao").body, "xin chào ");
    EXPECT_EQ(server->counters().requests, 2u);
}

TEST_F(ServerTest, AFaultThatIsNotOursSaysWhatItIs) {
    options.status_of_fault = [](const std::exception&) { return std::optional(507); };
    Client client(start());
    const auto full = client.get("/loi");
    EXPECT_EQ(full.status, 507);
    EXPECT_NE(full.body.find("đã đầy"), std::string::npos);
}

TEST_F(ServerTest, Pipelines) {
    Client client(start());
    std::string many;
    for (int i = 0; i < 50; ++i)
        many += "GET /chao?ai=" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\n\r\n";
    client.send(many);
    for (int i = 0; i < 50; ++i) EXPECT_EQ(client.reply().body, "xin chào " + std::to_string(i));
}

TEST_F(ServerTest, HeadHasLengthButNoBody) {
    Client client(start());
    client.send("HEAD /chao HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto head = client.reply(false);
    EXPECT_TRUE(head.has("Content-Length: 10\r\n")) << head.head;
    EXPECT_EQ(client.get("/chao").status, 200);  // nothing of a body was left in between
}

TEST_F(ServerTest, Continues100) {
    Client client(start());
    client.send(
        "POST /gui HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n"
        "Content-Type: text/plain\r\n\r\n");
    EXPECT_EQ(client.reply().status, 100);
    client.send("abc");
    EXPECT_EQ(client.reply().body, "|0|abc");
}

TEST_F(ServerTest, ReadsForms) {
    Client client(start());
    client.send(
        "POST /gui HTTP/1.1\r\nHost: a\r\nContent-Length: 18\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\nten=N%C3%B4ng&b=1&");
    EXPECT_EQ(client.reply().body, "Nông|0|");
    const std::string body =
        "--B\r\nContent-Disposition: form-data; name=\"t\"; filename=\"a\"\r\n\r\nx\r\n--B--";
    client.send("POST /gui HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) +
                "\r\nContent-Type: multipart/form-data; boundary=B\r\n\r\n" + body);
    EXPECT_EQ(client.reply().body, "|1|");
    client.send(
        "POST /gui HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\na=%ff");
    EXPECT_EQ(client.reply().status, 400);
}

TEST_F(ServerTest, ReadsChunks) {
    Client client(start());
    client.send(
        "POST /lon HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\n\r\n");
    EXPECT_EQ(client.reply().body, "7");
    std::string big = "POST /lon HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 80; ++i) big += "10000\r\n" + std::string(65536, 'x') + "\r\n";
    Client other(server->port());
    other.send(big);
    EXPECT_EQ(other.reply().status, 413);
}

TEST_F(ServerTest, LimitsSizes) {
    start();
    Client body(server->port());
    body.send("POST /gui HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n");
    EXPECT_EQ(body.reply().status, 413);
    Client target(server->port());
    EXPECT_EQ(target.get("/" + std::string(9000, 'a')).status, 414);
    Client line(server->port());
    line.send("GET /" + std::string(40'000, 'a'));
    EXPECT_EQ(line.reply().status, 414);
    Client headers(server->port());
    EXPECT_EQ(headers.get("/chao", "X: " + std::string(20'000, 'a') + "\r\n").status, 431);
    Client fine(server->port());
    const std::string four(4 * 1024 * 1024, 'x');
    fine.send("POST /lon HTTP/1.1\r\nHost: a\r\nContent-Length: 4194304\r\n\r\n" + four);
    EXPECT_EQ(fine.reply().body, "4194304");
}

TEST_F(ServerTest, AnswersWhatIsMalformed) {
    start();
    for (const char* bytes :
         {"nonsense\r\n\r\n", "GET\r\n\r\n", "GET /chao HTTP/9.9\r\nHost: a\r\n\r\n",
          "GET /chao HTTP/1.1\r\n\r\n", "GET /chao HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
          "GET /chao HTTP/1.1\r\nHost: a\r\nbad header\r\n\r\n",
          "POST /gui HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: "
          "chunked\r\n\r\n",
          "POST /gui HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n",
          "POST /gui HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
          "POST /gui HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
          "GET /chao?a=%zz HTTP/1.1\r\nHost: a\r\n\r\n", "GET chao HTTP/1.1\r\nHost: a\r\n\r\n"}) {
        Client client(server->port());
        const auto reply = client.send(bytes).reply();
        EXPECT_EQ(reply.status, 400) << bytes;
        EXPECT_NE(reply.body.find("Yêu cầu không hợp lệ"), std::string::npos) << bytes;
    }
}

TEST_F(ServerTest, SaysWhatIsNotThere) {
    Client client(start());
    EXPECT_EQ(client.get("/khong-co").status, 404);
    EXPECT_EQ(client.get("/assets/../../etc/passwd").status, 404);
    EXPECT_EQ(client.get("/assets/%2e%2e/app.css").status, 404);
    const auto moved = client.get("/chao/?ai=x");
    EXPECT_EQ(moved.status, 308);
    EXPECT_TRUE(moved.has("Location: /chao?ai=x\r\n"));
    client.send("DELETE /chao HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto wrong = client.reply();
    EXPECT_EQ(wrong.status, 405);
    EXPECT_TRUE(wrong.has("Allow: GET, HEAD\r\n"));
    client.send("BREW /chao HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.reply().status, 405);
    EXPECT_TRUE(client.get("/api/v1/khong-co").has("application/problem+json"));
}

TEST_F(ServerTest, DressesErrorsAndAsksTheGuard) {
    router.error_page = [](const Request&, int status, std::string title) {
        return text("trang " + std::to_string(status) + " " + title);
    };
    router.guard = [](Request& r, const Route&) -> std::optional<Response> {
        if (r.arg("cam") == "1") return Response{.status = 403};
        return std::nullopt;
    };
    Client client(start());
    EXPECT_EQ(client.get("/chao?cam=1").body, "trang 403 Bạn không có quyền xem trang này");
    EXPECT_EQ(client.get("/loi").body, "trang 500 Hệ thống gặp lỗi");
    EXPECT_EQ(client.get("/chao").status, 200);
}

TEST_F(ServerTest, AnswersLaterAndOnlyOnce) {
    Client client(start());
    EXPECT_EQ(client.get("/sau").body, "muộn");
    EXPECT_EQ(client.get("/chao").status, 200);
    EXPECT_EQ(client.get("/bo").status, 500);  // dropped without an answer
}

TEST_F(ServerTest, SlowHeadsAndBodiesAreTold408) {
    start();
    Client head(server->port()), body(server->port());
    head.send("GET /chao HTTP/1.1\r\nHo");
    body.send("POST /gui HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nab");
    EXPECT_EQ(head.reply().status, 408);
    EXPECT_TRUE(head.closed());
    EXPECT_EQ(body.reply().status, 408);
    Client idle(server->port());
    EXPECT_TRUE(idle.closed());
    EXPECT_EQ(idle.seen, "");
}

TEST_F(ServerTest, SlowReadersHoldNoWorker) {
    options.write_seconds = 20;
    start();
    std::vector<std::unique_ptr<Client>> slow;
    for (int i = 0; i < 8; ++i) {
        slow.push_back(std::make_unique<Client>(server->port()));
        slow.back()->send("GET /to HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    Client quick(server->port());
    EXPECT_EQ(quick.get("/chao").status, 200);  // three workers, eight readers who do not read
}

TEST_F(ServerTest, RefusesWhenTheQueueIsFull) {
    options.workers = 1;
    options.queue_max = 1;
    start();
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < 4; ++i) {
        clients.push_back(std::make_unique<Client>(server->port()));
        clients.back()->send("GET /cham HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    int busy = 0;
    for (auto& client : clients) {
        const auto reply = client->reply();
        if (reply.status == 503 && reply.has("Retry-After: 1")) ++busy;
    }
    EXPECT_GE(busy, 2);
    EXPECT_EQ(server->counters().refused, static_cast<std::uint64_t>(busy));
}

TEST_F(ServerTest, ServesSixtyFourAtOnce) {
    start();
    std::vector<std::thread> threads;
    std::atomic<int> right{0};
    for (int t = 0; t < 64; ++t)
        threads.emplace_back([&, t] {
            Client client(server->port());
            for (int i = 0; i < 50; ++i) {
                const std::string who = std::to_string(t * 1000 + i);
                if (client.get("/chao?ai=" + who).body == "xin chào " + who) ++right;
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(right, 64 * 50);
}

TEST_F(ServerTest, CompressesPagesAndAssets) {
    Client client(start());
    EXPECT_TRUE(client.get("/trang", "Accept-Encoding: gzip, br\r\n").has("Content-Encoding: br"));
    EXPECT_FALSE(client.get("/trang").has("Content-Encoding"));
    const auto asset = client.get("/assets/app.css", "Accept-Encoding: br\r\n");
    EXPECT_TRUE(asset.has("Content-Encoding: br"));
    EXPECT_TRUE(asset.has("immutable"));
    const auto at = asset.head.find("ETag: ") + 6;
    const std::string tag = asset.head.substr(at, asset.head.find("\r\n", at) - at);
    const auto same = client.get("/assets/app.css", "If-None-Match: " + tag + "\r\n");
    EXPECT_EQ(same.status, 304);
    EXPECT_EQ(client.get("/chao").status, 200);
}

TEST_F(ServerTest, StopsGracefully) {
    start();
    Client busy(server->port()), idle(server->port());
    EXPECT_EQ(idle.get("/chao").status, 200);
    busy.send("GET /cham HTTP/1.1\r\nHost: a\r\n\r\n");
    while (!entered) std::this_thread::sleep_for(1ms);
    auto stopped = std::async(std::launch::async, [&] { server->stop(); });
    EXPECT_EQ(busy.reply().body, "xong");
    EXPECT_TRUE(busy.closed());
    EXPECT_TRUE(idle.closed());
    stopped.get();
    EXPECT_THROW(Client(server->port()), std::runtime_error);
}

}  // namespace
}  // namespace chilang::http

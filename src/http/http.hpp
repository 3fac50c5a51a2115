// HTTP as the rest of the house sees it: a request, a response, a table of routes.
//
// Beast and Asio live in connection.cpp, live.cpp and server.cpp alone. One thread does all input
// and output; a small pool of workers runs handlers, which are ordinary blocking functions. A
// handler that waits for the write lane returns a Response with `later`, so that no worker sleeps
// for a commit.
#pragma once

#include "base/describe.hpp"
#include "base/result.hpp"

#include <any>
#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chilang::http {

enum class Method { get, post, put, patch, del };

struct Upload {
    std::string field;
    std::string filename;  // as given by the browser: for display only
    std::string declared_type;
    std::string bytes;  // at most the route's limit
};

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Request {
    Method method = Method::get;
    bool head = false;                                 // HEAD is served as GET without the body
    std::string path;                                  // decoded, "/ho-so/H37.12-230614-0001"
    std::string target;                                // as sent, with the query
    Pairs path_params, query, form, headers, cookies;  // names of headers in lower case
    std::vector<Upload> uploads;
    std::string body;    // JSON bodies; empty for forms
    std::string remote;  // address, from X-Forwarded-For only if configured
    Instant now;         // when the request was read
    std::string trace_id;
    std::any principal;     // set by the guard (identity)
    std::string csp_nonce;  // unused unless a page needs it

    std::string_view param(std::string_view name) const;  // of the path; empty if absent
    std::string_view arg(std::string_view name) const;    // of the query
    std::string_view field(std::string_view name) const;  // of the form
    std::string_view header(std::string_view name) const;
    std::string_view cookie(std::string_view name) const;
    bool wants_fragment() const { return header("x-fragment") == "1"; }  // asked by live.js
};

// A response of 400 or more without a body is dressed by Router::error_page (or as problem+json
// under /api/), so `return Response{.status = 404};` is a whole answer.
struct Response {
    int status = 200;
    std::string type = "text/html; charset=utf-8";
    std::string body;
    Pairs headers;
    // When set, the rest is ignored: called with a function that takes the final response, once,
    // from any thread.
    std::function<void(std::function<void(Response)>)> later;
    // When not empty, the connection becomes a stream of these topics of Live.
    std::vector<std::string> topics;
};

Response redirect(std::string location, int status = 303);
Response text(std::string body, int status = 200);
Response json(std::string body, int status = 200);
// RFC 9457 problem+json; `problems` become "errors": [{field, code, message}].
Response problem(int status, std::string title, const Problems& problems = {});
Response attachment(std::string bytes, std::string type, std::string filename);

// The value of a Set-Cookie header: HttpOnly, SameSite=Lax, Path=/, and Secure when it may travel
// by https only; a max age of 0 deletes the cookie.
enum class CookieReach { https_only, any };
std::string cookie(std::string_view name, std::string_view value, int max_age_seconds,
                   CookieReach reach = CookieReach::any);

using Handler = std::function<Response(Request&)>;

// What the documentation needs to know of an API route.
struct Doc {
    std::string summary;                                     // English, one line
    std::vector<std::pair<std::string, std::string>> query;  // name, meaning
    const Type* input = nullptr;                             // described struct of the JSON body
    const Type* output = nullptr;
    std::string output_type = "application/json";
    // When files may come along: the multipart part that holds the JSON, and what the files are.
    std::string part, files;
};

struct Route {
    Method method;
    // "/ho-so/{code}", "/bao-cao/{id}.docx", "/tile/{path*}" (the rest of the path, at least one
    // part).
    std::string pattern;
    std::string right;  // "public", "signed_in", or a right of identity
    std::string event;  // event kind that it writes, or "none"
    Handler handler;
    Doc doc{};  // for /api/v1 routes
    std::size_t body_max = 64 * 1024;
    bool csrf = true;  // POST pages check the token; API routes use other means
};

class Router {
public:
    void add(Route route);
    const std::vector<Route>& routes() const { return routes_; }
    struct Match {
        const Route* route = nullptr;  // null: no such path, or…
        bool method_mismatch = false;  // …the path exists for other methods
        Pairs params;
        std::string allow;  // "GET, HEAD, POST" when method_mismatch
    };
    // `path` as sent: percent signs are decoded part by part, so %2F stays inside a parameter.
    Match match(Method method, std::string_view path) const;
    std::string allowed(std::string_view path) const;  // "GET, HEAD"; empty: no such path
    // Runs before every handler; an answer stops the request (401, 403, 429, redirect to sign-in).
    std::function<std::optional<Response>(Request&, const Route&)> guard;
    // Dresses errors as pages: status, title in Vietnamese, problems.
    std::function<Response(const Request&, int status, std::string title)> error_page;

private:
    struct Node;
    const Node* find(std::string_view path, std::vector<std::string>& values) const;
    std::vector<Route> routes_;
    std::shared_ptr<Node> root_;
};

// Serves unchanging bytes for a year (their address carries a version), compressed once, now.
void serve_asset(Router& router, std::string path, std::string type, std::string bytes);

// The routes described as OpenAPI 3.1 (only those under /api/v1).
std::string openapi(const Router& router, std::string_view version);

// Server-sent events. A topic is a name; a message carries the ledger index that it speaks of.
class Live {
public:
    struct Message {
        std::uint64_t index;
        std::string topic;
        std::string data;  // one line of JSON
    };
    virtual ~Live() = default;
    virtual void publish(Message message) = 0;  // any thread; never blocks
    virtual std::size_t listeners() const = 0;
};

class Server {
public:
    struct Options {
        std::string address = "127.0.0.1";
        std::uint16_t port = 8080;  // 0: any free port
        int workers = 6;
        std::size_t queue_max = 512;  // full: 503 with Retry-After
        std::size_t header_max = 16 * 1024;
        std::size_t upload_max = 25 * 1024 * 1024;
        // A body or an answer may take its seconds, and one more for every 8 kB that moved.
        int header_seconds = 10, body_seconds = 60, idle_seconds = 60, write_seconds = 30;
        int stop_seconds = 10;  // how long stop() waits for requests under way
        std::size_t connections_max = 10'000;
        std::size_t bodies_max = 256 * 1024 * 1024;  // of all bodies being read at one time
        bool trust_forwarded = false;                // a proxy of ours sets X-Forwarded-For
        int comment_seconds = 20;                    // an idle event stream says that it is alive
        std::function<void(std::string_view line)> log;  // faults of handlers; may be empty
        // The status of a handler's exception: 503 when the database is away, 507 when a disk is
        // full. Empty, or nothing known: 500.
        std::function<std::optional<int>(const std::exception&)> status_of_fault;
        std::shared_ptr<const Clock> clock = std::make_shared<Clock>();
    };
    Server(Router& router, Options options);
    ~Server();
    std::uint16_t port() const;
    void start();  // returns at once
    void stop();   // no new requests, finishes those under way, closes
    Live& live();
    // GET routes that become streams: "/luong?topic=figures&topic=inbox". Resumes after
    // Last-Event-ID from the topic's last 1,024 messages (what the last index spoke of may come
    // twice); older: one "reset" message that tells the page to reload its data. Before start().
    // `allowed` may refuse single topics.
    using TopicAllowed = std::function<bool(const Request&, std::string_view topic)>;
    void stream(std::string pattern, std::string right, TopicAllowed allowed = {});

    // Upper bounds in milliseconds of the latency buckets; the last bucket has none.
    static constexpr std::array<int, 12> latency_ms{1,   2,   5,   10,   20,   50,
                                                    100, 200, 500, 1000, 2000, 5000};
    struct Counters {
        std::uint64_t requests, errors, connections;  // errors: answers of 500 and more
        std::array<std::uint64_t, 6> by_class{};      // [2] counts answers 200 … 299
        std::array<std::uint64_t, 13> latency{};      // request read → answer ready
        std::uint64_t latency_sum_us = 0;
        std::uint64_t refused = 0;  // 503 for a full queue
        std::uint64_t bytes_sent = 0;
        std::size_t queued = 0, workers_busy = 0, listeners = 0;
    };
    Counters counters() const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace chilang::http

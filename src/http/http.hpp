// HTTP as the rest of the house sees it: a request, a response, a table of routes.
//
// Beast and Asio live in http/server.cpp alone. One thread does all input and output; a small pool of
// workers runs handlers, which are ordinary blocking functions. A handler that waits for the write
// lane returns a Response with `later`, so that no worker sleeps for a commit.
#pragma once

#include "base/describe.hpp"
#include "base/result.hpp"

#include <any>
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
    std::string filename;       // as given by the browser: for display only
    std::string declared_type;
    std::string bytes;          // at most the route's limit
};

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Request {
    Method method = Method::get;
    bool head = false;                         // HEAD is served as GET without the body
    std::string path;                          // decoded, "/ho-so/H37.12-230614-0001"
    std::string target;                        // as sent, with the query
    Pairs path_params, query, form, headers, cookies;   // names of headers in lower case
    std::vector<Upload> uploads;
    std::string body;                          // JSON bodies; empty for forms
    std::string remote;                        // address, from X-Forwarded-For only if configured
    Instant now;                               // when the request was read
    std::string trace_id;
    std::any principal;                        // set by the guard (identity)
    std::string csp_nonce;                     // unused unless a page needs it

    std::string_view param(std::string_view name) const;   // of the path; empty if absent
    std::string_view arg(std::string_view name) const;     // of the query
    std::string_view field(std::string_view name) const;   // of the form
    std::string_view header(std::string_view name) const;
    std::string_view cookie(std::string_view name) const;
    bool wants_fragment() const { return header("x-fragment") == "1"; }  // asked by live.js
};

struct Response {
    int status = 200;
    std::string type = "text/html; charset=utf-8";
    std::string body;
    Pairs headers;
    // When set, the rest is ignored: called with a function that takes the final response, once, from
    // any thread.
    std::function<void(std::function<void(Response)>)> later;
};

Response redirect(std::string location, int status = 303);
Response text(std::string body, int status = 200);
Response json(std::string body, int status = 200);
// RFC 9457 problem+json; `problems` become "errors": [{field, code, message}].
Response problem(int status, std::string title, const Problems& problems = {});
Response attachment(std::string bytes, std::string type, std::string filename);

// Any form as a described struct: text members take the field as typed; used by module forms.
std::string cookie(std::string_view name, std::string_view value, int max_age_seconds);

using Handler = std::function<Response(Request&)>;

// What the documentation needs to know of an API route.
struct Doc {
    std::string summary;                 // English, one line
    std::vector<std::pair<std::string, std::string>> query;  // name, meaning
    const Type* input = nullptr;         // described struct of the JSON body
    const Type* output = nullptr;
    std::string output_type = "application/json";
};

struct Route {
    Method method;
    std::string pattern;                 // "/ho-so/{code}"
    std::string right;                   // "public", "signed_in", or a right of identity
    std::string event;                   // event kind that it writes, or "none"
    Handler handler;
    Doc doc{};                           // for /api/v1 routes
    std::size_t body_max = 64 * 1024;
    bool csrf = true;                    // POST pages check the token; API routes use other means
};

class Router {
public:
    void add(Route route);
    const std::vector<Route>& routes() const { return routes_; }
    struct Match {
        const Route* route = nullptr;    // null: no such path, or…
        bool method_mismatch = false;    // …the path exists for other methods
        Pairs params;
    };
    Match match(Method method, std::string_view path) const;
    // Runs before every handler; an answer stops the request (401, 403, 429, redirect to sign-in).
    std::function<std::optional<Response>(Request&, const Route&)> guard;
    // Dresses errors as pages: status, title in Vietnamese, problems.
    std::function<Response(const Request&, int status, std::string title)> error_page;

private:
    struct Node;
    std::vector<Route> routes_;
    std::shared_ptr<Node> root_;
};

// The routes described as OpenAPI 3.1 (only those under /api/v1).
std::string openapi(const Router& router, std::string_view version);

// Server-sent events. A topic is a name; a message carries the ledger index that it speaks of.
class Live {
public:
    struct Message {
        std::uint64_t index;
        std::string topic;
        std::string data;                // one line of JSON
    };
    virtual ~Live() = default;
    virtual void publish(Message message) = 0;   // any thread; never blocks
    virtual std::size_t listeners() const = 0;
};

class Server {
public:
    struct Options {
        std::string address = "127.0.0.1";
        std::uint16_t port = 8080;       // 0: any free port
        int workers = 6;
        std::size_t queue_max = 512;     // full: 503 with Retry-After
        std::size_t header_max = 16 * 1024;
        std::size_t upload_max = 25 * 1024 * 1024;
        int header_seconds = 10, body_seconds = 60, idle_seconds = 60;
        std::size_t connections_max = 10'000;
        std::shared_ptr<const Clock> clock = std::make_shared<Clock>();
    };
    Server(Router& router, Options options);
    ~Server();
    std::uint16_t port() const;
    void start();                        // returns at once
    void stop();                         // no new requests, finishes those under way (≤ 10 s), closes
    Live& live();
    // GET routes that become streams: "/luong?topic=figures". Resumes after Last-Event-ID from the
    // topic's last 1,024 messages; older: one "reset" message that tells the page to reload its data.
    void stream(std::string pattern, std::string right);
    struct Counters { std::uint64_t requests, errors, connections; };
    Counters counters() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace chilang::http

// A worker's part: decode, guard, handle, dress, and hand the bytes to the I/O thread.
#include "http/connection.hpp"

#include "base/id.hpp"
#include "http/form.hpp"

#include <boost/asio/post.hpp>

#include <charconv>
#include <random>

namespace chilang::http {

namespace {

std::string new_trace_id() {
    thread_local std::mt19937_64 random = [] {
        std::uint64_t seed = 0;
        for (const unsigned char c : random_bytes(8)) seed = seed << 8 | c;
        return std::mt19937_64(seed);
    }();
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(random()));
    return text;
}

Response error_response(const Core& core, const Exchange& exchange, int status) {
    const Request& request = exchange.request;
    Response response;
    // The path is empty where it could not be decoded.
    if (request.path.starts_with("/api/") || request.target.starts_with("/api/")) {
        response = problem(status, title_of(status));
    } else if (core.router.error_page) {
        try {
            response = core.router.error_page(request, status, title_of(status));
        } catch (const std::exception&) {
            response = plain_error(status);
        }
    } else {
        response = plain_error(status);
    }
    response.status = status;
    if (status == 405) response.headers.emplace_back("Allow", exchange.match.allow);
    if (status == 503) response.headers.emplace_back("Retry-After", "1");
    return response;
}

// Answers once, from whatever thread; an answer that never comes (its function was dropped) is a
// 500.
class Completion {
public:
    Completion(std::shared_ptr<Core> core, std::shared_ptr<Exchange> exchange)
        : core_(std::move(core)), exchange_(std::move(exchange)) {}
    ~Completion() {
        if (!done_) complete(Response{.status = 500}, Squeeze::no);
    }

    void complete(Response&& response, Squeeze squeeze) {
        if (done_.exchange(true)) return;
        if (response.status >= 400 && response.body.empty()) {
            Pairs headers = std::move(response.headers);
            response = error_response(*core_, *exchange_, response.status);
            for (auto& header : headers) response.headers.push_back(std::move(header));
        }
        Answer answer = made(std::move(response), squeeze);
        core_->count(answer.wire.status, Steady::now() - exchange_->read_at);
        boost::asio::post(core_->io, [connection = std::move(exchange_->connection),
                                      answer = std::move(answer)]() mutable {
            connection->finish(std::move(answer));
        });
    }

private:
    Answer made(Response&& response, Squeeze squeeze) const {
        const Request& request = exchange_->request;
        Answer answer;
        answer.topics = std::move(response.topics);
        const bool stream = !answer.topics.empty();
        if (stream) {
            response.type = "text/event-stream; charset=utf-8";
            response.body.clear();
            response.headers.emplace_back("X-Accel-Buffering", "no");
            const std::string_view last = request.header("last-event-id");
            std::uint64_t index = 0;
            if (std::from_chars(last.data(), last.data() + last.size(), index).ptr != last.data())
                answer.last = index;
        }
        Manner manner{.head = request.head,
                      .keep_alive = exchange_->keep_alive && !stream,
                      .trace_id = request.trace_id};
        if (squeeze == Squeeze::brotli && accepts_brotli(request.header("accept-encoding")))
            manner.squeeze = Squeeze::brotli;
        answer.wire = to_wire(std::move(response), manner);
        if (stream) {
            // A stream has no length: the line's end is its end.
            auto& head = answer.wire.head;
            const auto at = head.find("Content-Length: 0\r\n");
            if (at != head.npos && !request.head) head.erase(at, 19);
            if (request.head) answer.topics.clear();
        }
        return answer;
    }

    std::shared_ptr<Core> core_;
    std::shared_ptr<Exchange> exchange_;
    std::atomic<bool> done_{false};
};

// "/ho-so/" is meant to be "/ho-so".
std::optional<Response> without_slash(const Core& core, const Request& request,
                                      std::string_view target) {
    const std::string_view path = path_of(target);
    if (request.method != Method::get || path.size() < 2 || !path.ends_with('/') ||
        path.starts_with("//"))
        return std::nullopt;
    const std::string_view shorter = path.substr(0, path.size() - 1);
    if (!core.router.match(Method::get, shorter).route) return std::nullopt;
    const auto question = target.find('?');
    return redirect(
        std::string(shorter) + std::string(question == target.npos ? "" : target.substr(question)),
        308);
}

Response handled(Core& core, Exchange& exchange) {
    Request& request = exchange.request;
    request.trace_id = new_trace_id();
    if (const int status = take_in(std::move(exchange.raw), core.options.trust_forwarded, request))
        return {.status = status};
    const Route* route = exchange.match.route;
    if (!route) {
        if (exchange.match.method_mismatch && !exchange.match.allow.empty()) return {.status = 405};
        if (auto moved = without_slash(core, request, request.target)) return std::move(*moved);
        return {.status = 404};
    }
    request.path_params = std::move(exchange.match.params);
    if (core.router.guard)
        if (auto stopped = core.router.guard(request, *route)) return std::move(*stopped);
    return route->handler(request);
}

}  // namespace

void Core::count(int status, Steady::duration took) {
    const auto us = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
    ++requests;
    if (status >= 500) ++errors;
    ++by_class[static_cast<std::size_t>(std::clamp(status / 100, 0, 5))];
    std::size_t bucket = 0;
    while (bucket < Server::latency_ms.size() && us > Server::latency_ms[bucket] * 1000LL) ++bucket;
    ++latency[bucket];
    latency_sum_us += static_cast<std::uint64_t>(us);
}

void answer(const std::shared_ptr<Core>& core, std::shared_ptr<Exchange> exchange) {
    auto completion = std::make_shared<Completion>(core, exchange);
    Response response;
    try {
        response = handled(*core, *exchange);
        if (response.later) {
            const auto later = std::move(response.later);
            // No compression here: the answer may come on the thread that commits.
            later([completion](Response last) {
                completion->complete(std::move(last), Squeeze::no);
            });
            return;
        }
    } catch (const std::exception& error) {
        if (core->options.log) {
            const Route* route = exchange->match.route;
            core->options.log("trace " + exchange->request.trace_id + " " +
                              (route ? route->pattern : std::string("?")) + ": " + error.what());
        }
        const auto& status_of = core->options.status_of_fault;
        response = {.status = status_of ? status_of(error).value_or(500) : 500};
    }
    completion->complete(std::move(response), Squeeze::brotli);
}

}  // namespace chilang::http

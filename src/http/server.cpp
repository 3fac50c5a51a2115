// The server: one I/O thread that accepts, watches deadlines and keeps the streams; its workers.
#include "http/connection.hpp"
#include "http/core.hpp"
#include "http/form.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <future>
#include <thread>

namespace chilang::http {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;
using Error = boost::system::error_code;

struct Server::State {
    State(Router& router, Options options)
        : core(std::make_shared<Core>(router, std::move(options))) {}

    std::shared_ptr<Core> core;
    Tcp::acceptor acceptor{core->io};
    asio::steady_timer tick{core->io}, comment{core->io}, retry{core->io};
    std::optional<asio::executor_work_guard<asio::io_context::executor_type>> work;
    std::thread io_thread;
    std::uint16_t port = 0;
    bool stopped = false;

    void accept();
    void every_tick();
    void every_comment();
    std::size_t under_way() const;
    template <class F>
    auto on_io(F function) {
        std::packaged_task<decltype(function())()> task(std::move(function));
        auto result = task.get_future();
        asio::post(core->io, std::move(task));
        return result.get();
    }
};

void Server::State::accept() {
    acceptor.async_accept([this](Error error, Tcp::socket socket) {
        if (core->stopping) return;
        if (error) {
            // Out of descriptors: wait for some to come back instead of spinning.
            retry.expires_after(std::chrono::milliseconds(100));
            retry.async_wait([this](Error cancelled) {
                if (!cancelled) accept();
            });
            return;
        }
        const std::size_t open = core->connections.size() + core->hub.listeners();
        if (open < core->options.connections_max)
            std::make_shared<Connection>(core, std::move(socket))->start();
        else
            ++core->refused;  // the socket closes here
        accept();
    });
}

void Server::State::every_tick() {
    tick.expires_after(std::chrono::milliseconds(250));
    tick.async_wait([this](Error error) {
        if (error) return;
        const auto now = Steady::now();
        const std::vector<Connection*> all(core->connections.begin(), core->connections.end());
        for (Connection* connection : all) connection->check(now);
        every_tick();
    });
}

void Server::State::every_comment() {
    comment.expires_after(std::chrono::seconds(core->options.comment_seconds));
    comment.async_wait([this](Error error) {
        if (error) return;
        core->hub.comment();
        every_comment();
    });
}

std::size_t Server::State::under_way() const {
    return core->connections.size();
}

Server::Server(Router& router, Options options)
    : state_(std::make_shared<State>(router, std::move(options))) {
    const Options& o = state_->core->options;
    const Tcp::endpoint endpoint(asio::ip::make_address(o.address), o.port);
    state_->acceptor.open(endpoint.protocol());
    state_->acceptor.set_option(Tcp::acceptor::reuse_address(true));
    state_->acceptor.bind(endpoint);
    state_->acceptor.listen(1024);
    state_->port = state_->acceptor.local_endpoint().port();
}

Server::~Server() {
    stop();
}

std::uint16_t Server::port() const {
    return state_->port;
}

Live& Server::live() {
    return state_->core->hub;
}

void Server::start() {
    state_->core->workers.start(state_->core->options.workers);
    state_->work.emplace(state_->core->io.get_executor());
    state_->accept();
    state_->every_tick();
    state_->every_comment();
    state_->io_thread = std::thread([core = state_->core] { core->io.run(); });
}

void Server::stop() {
    State& state = *state_;
    if (!state.io_thread.joinable() || std::exchange(state.stopped, true)) return;
    Core& core = *state.core;
    state.on_io([&] {
        Error ignored;
        core.stopping = true;
        state.acceptor.close(ignored);
        state.retry.cancel();
        state.comment.cancel();
        core.hub.close();
        const std::vector<Connection*> all(core.connections.begin(), core.connections.end());
        for (Connection* connection : all)
            if (connection->idle() || connection->reading_head()) connection->close();
        return 0;
    });
    const auto limit = Steady::now() + std::chrono::seconds(core.options.stop_seconds);
    while (Steady::now() < limit && state.on_io([&] { return state.under_way(); }) > 0)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    state.on_io([&] {
        state.tick.cancel();
        const std::vector<Connection*> all(core.connections.begin(), core.connections.end());
        for (Connection* connection : all) connection->close();
        return 0;
    });
    core.workers.stop();
    state.work.reset();
    core.io.stop();
    state.io_thread.join();
    // Handlers that were cancelled still hold their connections: let them go.
    core.io.restart();
    core.io.poll();
}

void Server::stream(std::string pattern, std::string right, TopicAllowed allowed) {
    Route route;
    route.method = Method::get;
    route.pattern = std::move(pattern);
    route.right = std::move(right);
    route.event = "none";
    route.handler = [allowed = std::move(allowed)](Request& request) -> Response {
        Response response;
        for (const auto& [name, topic] : request.query) {
            if (name != "topic") continue;
            const bool named = !topic.empty() && topic.size() <= 64 && response.topics.size() < 16;
            if (!named) return {.status = 400};
            if (allowed && !allowed(request, topic)) return {.status = 403};
            response.topics.push_back(topic);
        }
        if (response.topics.empty()) return {.status = 400};
        return response;
    };
    state_->core->router.add(std::move(route));
}

Server::Counters Server::counters() const {
    const Core& core = *state_->core;
    Counters out{core.requests, core.errors, core.open};
    for (std::size_t i = 0; i < out.by_class.size(); ++i) out.by_class[i] = core.by_class[i];
    for (std::size_t i = 0; i < out.latency.size(); ++i) out.latency[i] = core.latency[i];
    out.latency_sum_us = core.latency_sum_us;
    out.refused = core.refused;
    out.bytes_sent = core.bytes_sent;
    const auto load = core.workers.load();
    out.queued = load.queued;
    out.workers_busy = load.busy;
    out.listeners = core.hub.listeners();
    return out;
}

}  // namespace chilang::http

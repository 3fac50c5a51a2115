// The life of a connection. Whatever is wrong with a request gets an answer before the door closes.
#include "http/connection.hpp"

#include "http/form.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>

namespace chilang::http {

namespace asio = boost::asio;
namespace beast = boost::beast;

namespace {

constexpr std::size_t target_max = 8 * 1024;
constexpr std::size_t linger_max = 1024 * 1024;   // bytes thrown away before closing
constexpr std::size_t unparsed_max = 256 * 1024;  // a chunk's head must end somewhere
constexpr std::size_t slowest = 8 * 1024;         // bytes a second that we wait for

std::string_view view_of(beast::string_view text) {
    return {text.data(), text.size()};
}

}  // namespace

Connection::Connection(std::shared_ptr<Core> core, asio::ip::tcp::socket socket)
    : core_(std::move(core)), socket_(std::move(socket)) {
    Error error;
    const auto endpoint = socket_.remote_endpoint(error);
    if (!error) peer_ = endpoint.address().to_string();
    socket_.set_option(asio::ip::tcp::no_delay(true), error);
    core_->connections.insert(this);
    ++core_->open;
}

Connection::~Connection() {
    release_body();
    core_->connections.erase(this);
    --core_->open;
}

void Connection::set_deadline(int seconds, std::size_t bytes) {
    deadline_ = Steady::now() + std::chrono::seconds(seconds) +
                std::chrono::milliseconds(bytes * 1000 / slowest);
}

void Connection::release_body() {
    core_->body_bytes -= reserved_;
    reserved_ = 0;
}

void Connection::close() {
    if (phase_ == Phase::closed) return;
    phase_ = Phase::closed;
    Error ignored;
    socket_.close(ignored);
}

void Connection::check(Steady::time_point now) {
    if (phase_ == Phase::working || phase_ == Phase::closed || now < deadline_) return;
    if (phase_ == Phase::head || phase_ == Phase::body) {
        keep_alive_ = false;
        Error ignored;
        socket_.cancel(ignored);  // the read under way must not touch the buffer any more
        dispatch(408);
    } else {
        close();
    }
}

// Between requests: an idle connection holds no parser and a small buffer.
void Connection::wait() {
    parser_.reset();
    match_ = {};
    body_read_ = 0;
    line_seen_ = false;
    keep_alive_ = true;
    phase_ = Phase::idle;
    if (core_->stopping) return close();
    if (buffer_.size() == 0) {
        if (buffer_.capacity() > 16 * 1024) buffer_ = {};
        set_deadline(core_->options.idle_seconds);
        return read(2048);
    }
    set_deadline(core_->options.header_seconds);
    phase_ = Phase::head;
    parse();
}

void Connection::read(std::size_t size) {
    socket_.async_read_some(
        buffer_.prepare(size),
        [self = shared_from_this()](Error e, std::size_t n) { self->on_read(e, n); });
}

void Connection::on_read(Error error, std::size_t size) {
    // A deadline or a stop may have moved on while these bytes were on their way.
    if (phase_ != Phase::idle && phase_ != Phase::head && phase_ != Phase::body) return;
    if (error) return close();
    buffer_.commit(size);
    if (phase_ == Phase::idle) {
        phase_ = Phase::head;
        set_deadline(core_->options.header_seconds);
    }
    if (phase_ == Phase::body) {
        body_read_ += size;
        deadline_ = body_began_ + std::chrono::seconds(core_->options.body_seconds) +
                    std::chrono::milliseconds(body_read_ * 1000 / slowest);
    }
    parse();
}

void Connection::parse() {
    namespace http = beast::http;
    if (!parser_) {
        parser_.emplace();
        parser_->header_limit(static_cast<std::uint32_t>(core_->options.header_max));
        parser_->body_limit(boost::none);  // known when the head has named its route
    }
    for (;;) {
        if (phase_ == Phase::head && !line_seen_) {
            const auto* seen = static_cast<const char*>(buffer_.data().data());
            line_seen_ =
                std::string_view(seen, buffer_.size()).find('\n') != std::string_view::npos;
        }
        Error error;
        const std::size_t used = parser_->put(buffer_.data(), error);
        buffer_.consume(used);
        if (error && error != http::error::need_more) return parse_error(error);
        if (phase_ == Phase::head && parser_->is_header_done()) return on_head();
        if (parser_->is_done()) return dispatch(0);
        if (error || buffer_.size() == 0) break;
    }
    if (buffer_.size() > unparsed_max) return parse_error(http::error::bad_chunk_extension);
    read(phase_ == Phase::body ? 64 * 1024 : 4096);
}

void Connection::parse_error(Error error) {
    namespace http = beast::http;
    keep_alive_ = false;
    if (error == http::error::body_limit) return dispatch(413);
    if (error != http::error::header_limit) return dispatch(400);
    dispatch(line_seen_ ? 431 : 414);
}

// The head is whole: everything that can be refused without the body is refused here.
void Connection::on_head() {
    const auto& message = parser_->get();
    const auto refuse = [this](int status) {
        keep_alive_ = false;
        dispatch(status);
    };
    keep_alive_ = message.keep_alive();
    const std::string_view target = view_of(message.target());
    if (target.size() > target_max) return refuse(414);
    if (message.version() != 10 && message.version() != 11) return refuse(400);
    if (message.version() == 11 && message.count(beast::http::field::host) != 1) return refuse(400);
    const auto coding = message[beast::http::field::transfer_encoding];
    if (!coding.empty() && lower(view_of(coding)) != "chunked") return refuse(501);

    const auto method = method_of(view_of(message.method_string()));
    match_ = core_->router.match(method.value_or(Method::get), path_of(target));
    if (!method) {
        match_.route = nullptr;
        match_.allow = core_->router.allowed(path_of(target));
        match_.method_mismatch = !match_.allow.empty();
    }
    const bool has_body = message.chunked() || parser_->content_length().value_or(0) > 0;
    if (!has_body) return dispatch(0);
    if (!match_.route) return refuse(match_.method_mismatch ? 405 : 404);

    const std::size_t limit = std::min(match_.route->body_max, core_->options.upload_max);
    const auto length = parser_->content_length();
    if (length && *length > limit) return refuse(413);
    reserved_ = length ? static_cast<std::size_t>(*length) : limit;
    core_->body_bytes += reserved_;
    if (core_->body_bytes > core_->options.bodies_max) return refuse(503);
    parser_->body_limit(limit);
    parser_->eager(true);
    phase_ = Phase::body;
    body_began_ = Steady::now();
    set_deadline(core_->options.body_seconds);
    const auto expect = message[beast::http::field::expect];
    if (!expect.empty()) {
        if (lower(view_of(expect)) != "100-continue") return refuse(417);
        if (buffer_.size() == 0) return send_continue();
    }
    parse();
}

void Connection::send_continue() {
    static constexpr std::string_view text = "HTTP/1.1 100 Continue\r\n\r\n";
    asio::async_write(socket_, asio::buffer(text.data(), text.size()),
                      [self = shared_from_this()](Error error, std::size_t) {
                          if (self->phase_ != Phase::body) return;
                          if (error) return self->close();
                          self->read(64 * 1024);
                      });
}

Raw Connection::take_raw() {
    Raw raw;
    raw.peer = peer_;
    if (!parser_ || !parser_->is_header_done()) return raw;
    auto& message = parser_->get();
    raw.method = view_of(message.method_string());
    raw.target = view_of(message.target());
    raw.headers.reserve(16);
    for (const auto& field : message)
        raw.headers.emplace_back(lower(view_of(field.name_string())), view_of(field.value()));
    raw.body = std::move(message.body());
    return raw;
}

// Hands the request to a worker; `refusal` other than 0 asks it for an error page.
void Connection::dispatch(int refusal) {
    phase_ = Phase::working;
    release_body();
    auto exchange = std::make_shared<Exchange>();
    exchange->connection = shared_from_this();
    exchange->raw = take_raw();
    exchange->raw.status = refusal;
    exchange->match = std::move(match_);
    exchange->keep_alive = keep_alive_ && !core_->stopping;
    exchange->read_at = Steady::now();
    exchange->request.now = core_->options.clock->now();
    const bool head = exchange->raw.method == "HEAD";
    if (core_->workers.offer([core = core_, exchange] { answer(core, exchange); })) return;
    ++core_->refused;
    core_->count(503, {});
    Response busy = plain_error(refusal ? refusal : 503);
    busy.headers.emplace_back("Retry-After", "1");
    write(to_wire(std::move(busy), {.head = head, .keep_alive = keep_alive_}));
}

void Connection::finish(Answer answer) {
    if (phase_ != Phase::working) return;
    if (answer.topics.empty()) return write(std::move(answer.wire));
    phase_ = Phase::closed;  // the socket goes on without us, and without our buffers
    core_->hub.listen(std::move(socket_), std::move(answer.topics), answer.last,
                      std::move(answer.wire.head));
}

void Connection::write(Wire wire) {
    wire_ = std::move(wire);
    phase_ = Phase::writing;
    set_deadline(core_->options.write_seconds, wire_.body.size());
    const std::array<asio::const_buffer, 2> buffers{asio::buffer(wire_.head),
                                                    asio::buffer(wire_.body)};
    asio::async_write(socket_, buffers, [self = shared_from_this()](Error error, std::size_t sent) {
        self->core_->bytes_sent += sent;
        if (self->phase_ != Phase::writing) return;
        if (error) return self->close();
        self->on_written(self->wire_.close);
    });
}

void Connection::on_written(bool close) {
    wire_ = {};
    if (!close) return wait();
    // Closing while bytes of the client are unread would reset the line and lose our answer.
    Error ignored;
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    phase_ = Phase::lingering;
    parser_.reset();
    buffer_ = {};
    set_deadline(2);
    linger();
}

void Connection::linger() {
    socket_.async_read_some(buffer_.prepare(16 * 1024),
                            [self = shared_from_this()](Error error, std::size_t size) {
                                if (self->phase_ != Phase::lingering) return;
                                self->discarded_ += size;
                                if (error || self->discarded_ > linger_max) return self->close();
                                self->linger();
                            });
}

}  // namespace chilang::http

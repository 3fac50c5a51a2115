// One connection: reads a request, lets a worker answer it, writes the answer, and so on.
//
// All of it runs on the I/O thread. Time limits are one number, `deadline`, looked at by the server
// four times a second: no timer a connection. While a worker has the request there is no deadline,
// and while the answer is written no worker is held, however slowly the client reads.
#pragma once

#include "http/core.hpp"
#include "http/intake.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <memory>
#include <optional>
#include <string>

namespace chilang::http {

// One request on its way through a worker.
struct Exchange {
    std::shared_ptr<Connection> connection;
    Raw raw;
    Request request;
    Router::Match match;
    bool keep_alive = true;
    Steady::time_point read_at;
};

// What a worker hands back.
struct Answer {
    Wire wire;
    std::vector<std::string> topics;    // not empty: the connection becomes a stream
    std::optional<std::uint64_t> last;  // Last-Event-ID
};

class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(std::shared_ptr<Core> core, boost::asio::ip::tcp::socket socket);
    ~Connection();

    void start() { wait(); }
    void check(Steady::time_point now);  // closes or answers 408 when the deadline is over
    void finish(Answer answer);          // the worker's result, on the I/O thread
    bool idle() const { return phase_ == Phase::idle; }
    bool reading_head() const { return phase_ == Phase::head; }
    void close();

private:
    enum class Phase { idle, head, body, working, writing, lingering, closed };
    using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
    using Error = boost::system::error_code;

    void wait();
    void read(std::size_t size);
    void on_read(Error error, std::size_t size);
    void parse();
    void parse_error(Error error);
    void on_head();
    void send_continue();
    void dispatch(int refusal);
    Raw take_raw();
    void write(Wire wire);
    void on_written(bool close);
    void linger();
    void release_body();
    void set_deadline(int seconds, std::size_t bytes = 0);

    std::shared_ptr<Core> core_;
    boost::asio::ip::tcp::socket socket_;
    boost::beast::flat_buffer buffer_;
    std::optional<Parser> parser_;
    Router::Match match_;
    Wire wire_;
    std::string peer_;
    Steady::time_point deadline_, body_began_;
    std::size_t reserved_ = 0, body_read_ = 0, discarded_ = 0;
    Phase phase_ = Phase::idle;
    bool keep_alive_ = true, line_seen_ = false;
};

}  // namespace chilang::http

// The hub of event streams: who listens to what, and what was said lately.
//
// Everything but publish() runs on the I/O thread, so nothing here is locked but the inbox. A
// listener costs a socket and a short queue; one that reads too slowly is let go and resumes later
// with Last-Event-ID, which is cheaper than remembering for it.
#pragma once

#include "http/http.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <atomic>
#include <chrono>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace chilang::http {

class Hub final : public Live {
public:
    using Socket = boost::asio::ip::tcp::socket;

    explicit Hub(boost::asio::io_context& io) : io_(io) {}

    void publish(Message message) override;
    std::size_t listeners() const override { return listeners_; }

    // I/O thread only from here. `head` is written before the first message.
    void listen(Socket socket, std::vector<std::string> topics, std::optional<std::uint64_t> last,
                std::string head);
    // A comment to all, so that proxies keep the line open and dead listeners are noticed.
    void comment();
    void close();

private:
    static constexpr std::size_t kept_max = 1024;          // messages a topic
    static constexpr std::size_t queued_max = 256 * 1024;  // bytes a listener
    using Frame = std::shared_ptr<const std::string>;
    struct Kept {
        std::uint64_t index;
        Frame frame;
    };
    struct Topic {
        std::deque<Kept> kept;
        std::uint64_t forgotten = 0;  // highest index that fell out of `kept`
    };
    struct Listener {
        explicit Listener(Socket s) : socket(std::move(s)) {}
        Socket socket;
        std::vector<std::string> topics;
        std::deque<Frame> queue;
        std::size_t queued = 0, in_flight = 0;
        std::chrono::steady_clock::time_point since;
        char ignored[64];
    };
    using Shared = std::shared_ptr<Listener>;

    void drain();
    void resume(Listener& listener, std::uint64_t last);
    void push(const Shared& listener, const Frame& frame);
    void write(const Shared& listener);
    void watch(const Shared& listener);
    void drop(const Shared& listener);

    boost::asio::io_context& io_;
    std::mutex inbox_mutex_;
    std::vector<Message> inbox_;
    std::unordered_map<std::string, Topic> topics_;
    std::unordered_set<Shared> all_;
    std::unordered_map<std::string, std::unordered_set<Shared>> by_topic_;
    std::optional<std::uint64_t> first_;  // first index since the start of the program
    std::atomic<std::size_t> listeners_{0};
};

}  // namespace chilang::http

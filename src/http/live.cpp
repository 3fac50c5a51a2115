// Server-sent events. The frames are made once and shared by all listeners of a topic.
#include "http/live.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>

namespace chilang::http {

namespace asio = boost::asio;
using Error = boost::system::error_code;

namespace {

std::string one_line(std::string text) {
    for (char& c : text)
        if (c == '\n' || c == '\r') c = ' ';
    return text;
}

}  // namespace

void Hub::publish(Message message) {
    bool first = false;
    {
        std::lock_guard lock(inbox_mutex_);
        first = inbox_.empty();
        inbox_.push_back(std::move(message));
    }
    if (first) asio::post(io_, [this] { drain(); });
}

void Hub::drain() {
    std::vector<Message> messages;
    {
        std::lock_guard lock(inbox_mutex_);
        messages.swap(inbox_);
    }
    for (Message& message : messages) {
        if (!first_) first_ = message.index;
        auto frame = std::make_shared<const std::string>(
            "id: " + std::to_string(message.index) + "\nevent: " + one_line(message.topic) +
            "\ndata: " + one_line(std::move(message.data)) + "\n\n");
        Topic& topic = topics_[message.topic];
        topic.kept.push_back({message.index, frame});
        if (topic.kept.size() > kept_max) {
            topic.forgotten = std::max(topic.forgotten, topic.kept.front().index);
            topic.kept.pop_front();
        }
        const auto found = by_topic_.find(message.topic);
        if (found == by_topic_.end()) continue;
        const std::vector<Shared> listeners(found->second.begin(), found->second.end());
        for (const Shared& listener : listeners) push(listener, frame);
    }
}

void Hub::listen(Socket socket, std::vector<std::string> topics, std::optional<std::uint64_t> last,
                 std::string head) {
    auto listener = std::make_shared<Listener>(std::move(socket));
    listener->topics = std::move(topics);
    all_.insert(listener);
    listeners_ = all_.size();
    for (const auto& topic : listener->topics) by_topic_[topic].insert(listener);
    listener->queue.push_back(std::make_shared<const std::string>(std::move(head)));
    if (last) resume(*listener, *last);
    for (const Frame& frame : listener->queue) listener->queued += frame->size();
    watch(listener);
    write(listener);
}

// What was said since `last`. When part of it is forgotten, or was said before this program began,
// the page is told to fetch its data anew.
void Hub::resume(Listener& listener, std::uint64_t last) {
    bool whole = first_ && last >= *first_;
    std::vector<Kept> missed;
    for (const auto& name : listener.topics) {
        const auto found = topics_.find(name);
        if (found == topics_.end()) continue;
        const Topic& topic = found->second;
        if (last <= topic.forgotten && topic.forgotten) whole = false;
        for (const Kept& kept : topic.kept)
            if (kept.index >= last) missed.push_back(kept);
    }
    if (!whole) {
        listener.queue.push_back(std::make_shared<const std::string>("event: reset\ndata: {}\n\n"));
        return;
    }
    std::stable_sort(missed.begin(), missed.end(),
                     [](const Kept& a, const Kept& b) { return a.index < b.index; });
    for (Kept& kept : missed) listener.queue.push_back(std::move(kept.frame));
}

void Hub::push(const Shared& listener, const Frame& frame) {
    listener->queue.push_back(frame);
    listener->queued += frame->size();
    if (listener->queued > queued_max)
        drop(listener);
    else if (!listener->in_flight)
        write(listener);
}

void Hub::write(const Shared& listener) {
    std::vector<asio::const_buffer> buffers;
    for (const Frame& frame : listener->queue) {
        if (buffers.size() == 64) break;
        buffers.push_back(asio::buffer(*frame));
    }
    if (buffers.empty()) return;
    listener->in_flight = buffers.size();
    listener->since = std::chrono::steady_clock::now();
    asio::async_write(listener->socket, buffers, [this, listener](Error error, std::size_t) {
        if (error) return drop(listener);
        for (; listener->in_flight; --listener->in_flight) {
            listener->queued -= listener->queue.front()->size();
            listener->queue.pop_front();
        }
        write(listener);
    });
}

// A listener says nothing; reading only shows when it has gone.
void Hub::watch(const Shared& listener) {
    listener->socket.async_read_some(asio::buffer(listener->ignored),
                                     [this, listener](Error error, std::size_t) {
                                         if (error) return drop(listener);
                                         watch(listener);
                                     });
}

void Hub::drop(const Shared& listener) {
    if (!all_.erase(listener)) return;
    listeners_ = all_.size();
    for (const auto& topic : listener->topics) {
        const auto found = by_topic_.find(topic);
        if (found == by_topic_.end()) continue;
        found->second.erase(listener);
        if (found->second.empty()) by_topic_.erase(found);
    }
    Error ignored;
    listener->socket.close(ignored);
}

void Hub::comment() {
    static const Frame frame = std::make_shared<const std::string>(":\n\n");
    const auto slow = std::chrono::steady_clock::now() - std::chrono::seconds(30);
    const std::vector<Shared> listeners(all_.begin(), all_.end());
    for (const Shared& listener : listeners) {
        if (listener->in_flight && listener->since < slow)
            drop(listener);
        else
            push(listener, frame);
    }
}

void Hub::close() {
    const std::vector<Shared> listeners(all_.begin(), all_.end());
    for (const Shared& listener : listeners) drop(listener);
}

}  // namespace chilang::http

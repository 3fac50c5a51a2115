// A raw client for tests: writes bytes, reads until a pattern, an end or a time limit.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace chilang::http::testing {

class Client {
public:
    explicit Client(std::uint16_t port) {
        fd_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
            throw std::runtime_error("connect");
    }
    ~Client() { ::close(fd_); }
    Client(const Client&) = delete;

    Client& send(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) break;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return *this;
    }

    // One more piece; false at the end of the line or after `ms`.
    bool receive(int ms = 5000) {
        pollfd poll{fd_, POLLIN, 0};
        if (::poll(&poll, 1, ms) <= 0) return false;
        char buffer[65536];
        const auto size = ::recv(fd_, buffer, sizeof buffer, 0);
        if (size <= 0) {
            closed_ = true;
            return false;
        }
        seen.append(buffer, static_cast<std::size_t>(size));
        return true;
    }

    bool until(std::string_view pattern, int ms = 5000) {
        while (seen.find(pattern) == seen.npos)
            if (!receive(ms)) return false;
        return true;
    }

    // Head and body of the next answer, taken out of `seen`.
    struct Reply {
        int status = 0;
        std::string head, body;
        bool has(std::string_view text) const { return head.find(text) != head.npos; }
    };
    Reply reply(bool with_body = true) {
        Reply out;
        if (!until("\r\n\r\n")) return out;
        const auto end = seen.find("\r\n\r\n") + 4;
        out.head = seen.substr(0, end);
        seen.erase(0, end);
        out.status = std::stoi(out.head.substr(9, 3));
        const auto length = out.head.find("Content-Length: ");
        if (length == out.head.npos || !with_body) return out;
        const auto size = std::stoul(out.head.substr(length + 16));
        while (seen.size() < size && receive()) {
        }
        out.body = seen.substr(0, size);
        seen.erase(0, out.body.size());
        return out;
    }
    Reply get(std::string_view target, std::string_view more = "") {
        return send("GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n" + std::string(more) +
                    "\r\n")
            .reply();
    }

    bool closed(int ms = 5000) {
        while (!closed_ && receive(ms)) {
        }
        return closed_;
    }

    std::string seen;

private:
    int fd_ = -1;
    bool closed_ = false;
};

}  // namespace chilang::http::testing

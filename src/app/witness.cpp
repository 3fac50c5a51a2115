#include "app/witness.hpp"

#include "http/http.hpp"
#include "ledger/witness.hpp"

#include <csignal>
#include <iostream>

namespace chilang::app {

int witness(std::uint16_t port, const std::filesystem::path& folder, const std::string& name,
            const std::vector<std::string>& log_keys) {
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);

    ledger::Witness state(folder, name, log_keys);
    http::Router router;
    router.add({.method = http::Method::post,
                .pattern = "/add-checkpoint",
                .right = "public",
                .event = "none",
                .handler =
                    [&state](http::Request& request) {
                        const auto answer = state.add_checkpoint(request.body, request.now);
                        http::Response response = http::text(answer.body, answer.status);
                        response.type = answer.type;
                        return response;
                    },
                .csrf = false});
    http::Server server(router, {.port = port, .workers = 1});
    server.start();
    std::cout << "Nhân chứng đang chạy tại cổng " << server.port() << ", khóa "
              << state.public_key() << std::endl;
    int which = 0;
    sigwait(&ends, &which);
    server.stop();
    return 0;
}

}  // namespace chilang::app

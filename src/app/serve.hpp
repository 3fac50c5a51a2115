// The commands that open the house.
#pragma once

#include "app/options.hpp"

#include <string>

namespace chilang::app {

int serve(const Options& options);  // until SIGINT or SIGTERM
int migrate_only(const Options& options);
int load_demo(const Options& options, const std::string& scenario, double scale);
// The first administrator, made by whoever runs the program; prints the credentials once.
struct NewAdministrator {
    std::string login, name;
    std::string title = "Quản trị hệ thống";
    std::string agency = "H37";  // its code
};
int create_account(const Options& options, const NewAdministrator& form);
int print_database(const Options& options);
int print_totp(const std::string& login);
int print_routes(const Options& options);
int print_openapi(const Options& options);

}  // namespace chilang::app

// Pages that belong to no module: the front page, the ledger, the kit, the API's documentation, health.
#pragma once

#include <functional>
#include <string>

namespace chilang {
struct Platform;
}

namespace chilang::app {

std::string asset_version();             // short hash over all assets, for their addresses
void install_pages(Platform& platform, std::function<std::string()> metrics);
void install_ledger_pages(Platform& platform);

}  // namespace chilang::app

// Pages that belong to no module: the front page, the ledger, the kit, the API's documentation,
// health.
#pragma once

#include <functional>
#include <string>

namespace chilang {
struct Platform;
namespace html {
class Templates;
}
}  // namespace chilang

namespace chilang::app {

void tell_menus(html::Templates& templates);  // the staff's rail, the citizens' menu
void install_pages(Platform& platform, std::function<std::string()> metrics);
void install_ledger_pages(Platform& platform);

}  // namespace chilang::app

// The operations centre: the board, the wall, and the page of every figure.
//
// It has no data of its own. Whatever it shows is asked of figures at one ledger position, and
// every number is a link to its figure page, which opens into exactly the records counted.
#pragma once

#include "platform/platform.hpp"

namespace chilang::ioc {

void install(Platform& platform);

}  // namespace chilang::ioc

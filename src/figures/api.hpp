// The figures over HTTP: catalogue, one figure, and the records behind it. Open to everybody,
// because nothing here is personal. The contract is fixed: others check the platform through it
// from outside.
#pragma once

#include "platform/platform.hpp"

namespace chilang::figures {

void install_api(Platform& platform);

}  // namespace chilang::figures

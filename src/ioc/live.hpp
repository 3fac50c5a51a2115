// Tells open pages that figures have moved: one message a batch, with the headline figures that
// changed.
#pragma once

#include "platform/platform.hpp"

namespace chilang::ioc {

void publish_headlines(Platform& platform);

}  // namespace chilang::ioc

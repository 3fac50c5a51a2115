// Registers what identity brings: sign-in, own account, administration; its rights and event kinds.
#pragma once

namespace chilang {
struct Platform;
}

namespace chilang::identity {

void install(Platform& platform);

}  // namespace chilang::identity

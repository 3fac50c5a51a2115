// The people of the demonstration province: all invented.
#pragma once

#include "identity/identity.hpp"

namespace chilang::identity {

// What seed_demonstration puts in; the sign-in page of a demonstration lists them.
const std::vector<DemoAccount>& demonstration_accounts();

}  // namespace chilang::identity

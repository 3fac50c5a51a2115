// Changing agencies: places checks and says the rows, this adds the event and loads the new
// directory. Streams agency/<number>.
#pragma once

#include "identity/state.hpp"

namespace chilang::identity {

// The number of the agency that was founded.
Result<std::int64_t> found_agency(Identity::State& state, const Actor& by,
                                  const places::NewAgency& form, Instant now);
Result<Done> rename_agency(Identity::State& state, const Actor& by, const places::Renaming& form,
                           Instant now);
Result<Done> close_agency(Identity::State& state, const Actor& by, const places::Closing& form,
                          Instant now);

}  // namespace chilang::identity

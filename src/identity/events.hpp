// The event kinds of identity (1-19) and their payloads: numbers of accounts and positions, never
// names.
#pragma once

#include "base/describe.hpp"
#include "ledger/ledger.hpp"

#include <optional>
#include <string>

namespace chilang::identity {

enum class Step : std::uint8_t {
    signed_in = 1,
    sign_in_failed,
    signed_out,
    position_granted,
    position_ended,
    personal_data_looked_up,
    account_created,
    password_changed,
    account_disabled,
    account_enabled,
    sign_in_reset,
    api_token_made,
    api_token_revoked,
};

void register_event_kinds();

struct AccountStep {
    std::int64_t account = 0;
};
BOOST_DESCRIBE_STRUCT(AccountStep, (), (account))

struct PositionStep {
    std::int64_t account = 0, position = 0, agency = 0;
    std::string role;
    Date day{};
};
BOOST_DESCRIBE_STRUCT(PositionStep, (), (account, position, agency, role, day))

struct LookUp {
    std::int64_t position = 0;
    std::string subject, reason;
};
BOOST_DESCRIBE_STRUCT(LookUp, (), (position, subject, reason))

}  // namespace chilang::identity

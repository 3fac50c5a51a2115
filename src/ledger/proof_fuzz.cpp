// Fuzz target: notes, receipts and the requests that a witness gets come from strangers. Reading
// them never reads outside them; what is read can be written again; nothing invented is ever
// cosigned. Built by tests/sanitize/fuzz.sh.
#include "ledger/proof.hpp"
#include "ledger/verify.hpp"
#include "ledger/witness.hpp"

#include <unistd.h>

#include <cstdlib>

namespace {

using namespace chilang;
using namespace chilang::ledger;

struct Strangers {
    std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("chilang-fuzz-" + std::to_string(getpid()));
    SigningKey key = (std::filesystem::create_directories(folder),
                      SigningKey::open(folder / "note.key", "log.example", KeyType::note));
    Witness witness{folder, "witness.example", {key.verifier().text()}};
    ~Strangers() { std::filesystem::remove_all(folder); }
};

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Strangers strangers;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto note = parse_note(text)) {
        require(note->size >= 0 && text.starts_with(note->body));
        require(!signed_by(*note, strangers.key.verifier()));
    }
    parse_signature_line(text);
    VerifierKey::parse(text);
    if (const auto proof = parse_proof(text)) require(parse_proof(write_proof(*proof)).has_value());
    require(!verify_receipt(text, Policy{.log_key = strangers.key.verifier().text()})
                 .findings.empty());
    require(strangers.witness.add_checkpoint(text, Instant{}).status != 200);
    return 0;
}

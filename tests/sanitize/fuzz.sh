#!/usr/bin/env bash
# Feeds the parsers with invented input under address and undefined-behaviour sanitizers:
#   tests/sanitize/fuzz.sh [seconds a target]
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
seconds=${1:-10}
out=build-fuzz
mkdir -p "$out"
failed=0
fuzz() {  # fuzz NAME SOURCE… [-lLIBRARY…]
  local name=$1
  shift
  clang++-16 -std=c++20 -O1 -g1 -Isrc -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined \
    -o "$out/$name" "$@" || { echo "✗ $name: does not build"; failed=1; return; }
  if "$out/$name" -max_total_time="$seconds" -rss_limit_mb=2048 -print_final_stats=1 >"$out/$name.log" 2>&1; then
    echo "✓ $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$out/$name.log") inputs"
  else
    echo "✗ $name"; tail -n 30 "$out/$name.log"; failed=1
  fi
}
base="src/base"
fuzz json src/base/json_fuzz.cpp $base/json.cpp $base/json_tree.cpp $base/json_write.cpp $base/instant.cpp $base/id.cpp -lcrypto
fuzz text src/base/text_fuzz.cpp $base/text.cpp $base/fold.cpp $base/csv.cpp $base/instant.cpp $base/id.cpp -licuuc -licui18n -lcrypto
fuzz form src/http/form_fuzz.cpp src/http/form.cpp src/http/multipart.cpp src/http/intake.cpp src/http/message.cpp $base/text.cpp $base/fold.cpp \
  $base/numbers.cpp $base/json_write.cpp $base/instant.cpp $base/id.cpp -licuuc -licui18n -lcrypto -lboost_url
fuzz media_type src/files/media_type_fuzz.cpp src/files/media_type.cpp src/files/zip_listing.cpp
exit $failed

#!/usr/bin/env bash
# Feeds the parsers of outside input with invented bytes under address and undefined-behaviour sanitizers:
#   tests/sanitize/fuzz.sh [seconds a target]
# Templates and migrations are no targets: they are carried inside the program.
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
seconds=${1:-10}
out=build-fuzz
mkdir -p "$out"
failed=0
compile=(clang++-16 -std=c++20 -O1 -g1 -Isrc -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined)
launcher=$(command -v ccache || true)

fuzz() {  # fuzz NAME SOURCE… [-lLIBRARY…]
  local name=$1 word object words=()
  shift
  for word in "$@"; do
    case $word in
      *.cpp)
        object=$out/${word//\//.}.o
        $launcher "${compile[@]}" -c -o "$object" "$word" || { echo "✗ $name: $word does not build"; failed=1; return; }
        words+=("$object") ;;
      *) words+=("$word") ;;
    esac
  done
  "${compile[@]}" -o "$out/$name" "${words[@]}" || { echo "✗ $name: does not link"; failed=1; return; }
  if "$out/$name" -max_total_time="$seconds" -rss_limit_mb=2048 -print_final_stats=1 >"$out/$name.log" 2>&1; then
    echo "✓ $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$out/$name.log") inputs"
  else
    echo "✗ $name"; tail -n 30 "$out/$name.log"; failed=1
  fi
}

text=(src/base/{text,fold,instant,id}.cpp -licuuc -licui18n -lcrypto)
fuzz json src/base/{json_fuzz,json,json_tree,json_write,instant,id}.cpp -lcrypto
fuzz text src/base/{text_fuzz,csv}.cpp "${text[@]}"
fuzz calendar src/time/{calendar_fuzz,calendar,load}.cpp src/base/csv.cpp "${text[@]}"
fuzz form src/http/{form_fuzz,form,multipart,intake,message}.cpp src/base/{numbers,json_write}.cpp "${text[@]}" -lboost_url
fuzz router src/http/{router_fuzz,router,form}.cpp "${text[@]}"
fuzz media_type src/files/{media_type_fuzz,media_type,zip_listing}.cpp
fuzz proof src/ledger/{proof_fuzz,note,proof,merkle,leaf,event,signature,tiles,tile_reader,witness,policy,verify_receipt}.cpp \
  src/base/{json,json_tree,json_write,numbers,sha256}.cpp "${text[@]}" -lsodium -lboost_json
exit $failed

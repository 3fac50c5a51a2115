# The stages of ./test, sourced by it: what each runs, and how passing, failing and skipping are told.

passed=() failed=() skipped=()

clock() { printf '%d:%02d' $((SECONDS / 60)) $((SECONDS % 60)); }

stage() {  # stage NAME COMMAND…: one line each, the output where it fails; a command that cannot run here ends with 77
  local name=$1 begun=$SECONDS status
  shift
  printf '▸ %s\n' "$name"
  "$@"
  status=$?
  case $status in
    0) passed+=("$name"); printf '✓ %s (%s s)\n' "$name" $((SECONDS - begun)) ;;
    77) skip "$name" "lý do ở ngay trên" ;;
    *) failed+=("$name"); printf '✗ %s (%s s)\n' "$name" $((SECONDS - begun)); return 1 ;;
  esac
}

skip() {  # skip NAME REASON: said now and again at the end; never counted as passed
  skipped+=("$1: $2"); printf '– %s bỏ qua: %s\n' "$1" "$2"
}

summary() {
  local line
  printf '\nthời gian %s\n' "$(clock)"
  for line in "${skipped[@]}"; do printf '– %s\n' "$line"; done
  for line in "${failed[@]}"; do printf '✗ %s\n' "$line"; done
  printf '\n%s passed, %s failed, %s skipped\n' ${#passed[@]} ${#failed[@]} ${#skipped[@]}
  [ ${#failed[@]} -eq 0 ]
}

build() {
  cmake -S . -B build -G Ninja -DCMAKE_BUILD_TYPE=Release -DCHILANG_TESTS=ON >/dev/null && ninja -C build
}

need_program() {  # the stages after `unit` use what it built
  [ -x build/chilang ] || stage build build
}

unit() {  # one line a test program; its closing lines where it fails
  local program
  for program in build/*_test; do
    stage "unit: $(basename "$program")" bash -c "'$program' --gtest_brief=1 2>&1 | tail -n 60; exit \${PIPESTATUS[0]}"
  done
}

in_folder() {  # in_folder COMMAND…: with a folder that PostgreSQL may enter as last word, gone afterwards
  local folder status
  folder=$(mktemp -d /tmp/chilang-system-XXXXXX) && chmod 755 "$folder"
  "$@" "$folder/var"
  status=$?
  rm -rf "$folder"
  return $status
}

journeys() {  # a server with the whole demonstration province, and a real browser
  command -v node >/dev/null && command -v npm >/dev/null || install_packages nodejs npm ||
    { skip journeys "không có node và npm, và không cài được"; return; }
  stage journeys in_folder in_browser
}

in_browser() {
  local var=$1 port=8471 server status
  (cd tests/journeys && npm install --no-audit --no-fund --loglevel=error --no-package-lock) || return 1
  mkdir -p "$var"
  build/chilang serve --demonstration --var "$var" --port $port >"$var/log" 2>&1 &
  server=$!
  for _ in $(seq 300); do
    sleep 1
    grep -q 'đang chạy' "$var/log" && break
    kill -0 $server 2>/dev/null || break
  done
  CHILANG_URL=http://127.0.0.1:$port node --test --test-concurrency=1 tests/journeys/
  status=$?
  kill -TERM $server 2>/dev/null && wait $server
  [ $status -eq 0 ] || tail -n 20 "$var/log"
  return $status
}

sanitize() {  # every unit test with address, leak and undefined-behaviour sanitizers
  local program status=0 programs
  mapfile -t programs < <(printf '%s\n' src/*/*_test.cpp src/*/*/*_test.cpp | cut -d/ -f2 | sort -u | sed 's/$/_test/')
  cmake -S . -B build-sanitize -G Ninja -DCMAKE_CXX_COMPILER=clang++-16 -DCMAKE_BUILD_TYPE=Release \
    -DCHILANG_SANITIZE=ON -DCHILANG_TESTS=ON >/dev/null && ninja -C build-sanitize "${programs[@]}" || return 1
  for program in "${programs[@]}"; do
    printf '%s · %s\n' "$program" "$(clock)"
    LSAN_OPTIONS=suppressions=tests/sanitize/leaks.txt:print_suppressions=0 build-sanitize/"$program" --gtest_brief=1 2>&1 | tail -n 40
    [ "${PIPESTATUS[0]}" -eq 0 ] || status=1
  done
  return $status
}

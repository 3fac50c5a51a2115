# Debian 12 packages that the platform needs; sourced by ./run and ./test.
# install_packages NAME… installs what is missing and says so; quiet when nothing is.

run_packages=(g++ cmake ninja-build mold ccache pkg-config libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev
  libpq-dev postgresql-15 postgresql-client-15 libssl-dev libsodium-dev libspdlog-dev libcli11-dev libtomlplusplus-dev libicu-dev
  libzip-dev libcairo2-dev libpango1.0-dev libqrencode-dev libkainjow-mustache-dev libbrotli-dev libcurl4-openssl-dev
  fonts-noto-core fonts-liberation ca-certificates)
test_packages=(libgtest-dev librapidcheck-dev python3 chromium clang-16 libclang-rt-16-dev poppler-utils wrk nginx-light)

install_packages() {
  local missing=() name
  for name in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || missing+=("$name")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  local as=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { echo "Cần quyền quản trị để cài: ${missing[*]}" >&2; return 1; }
    as=(sudo)
  fi
  echo "Cài ${#missing[@]} gói còn thiếu của Debian: ${missing[*]}"
  # No second, unused PostgreSQL cluster beside ours.
  if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    "${as[@]}" install -d -m 755 /etc/postgresql-common
    echo 'create_main_cluster = false' | "${as[@]}" tee /etc/postgresql-common/createcluster.conf >/dev/null
  fi
  "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
  "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold "${missing[@]}" >/dev/null
}

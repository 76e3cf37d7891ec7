#!/usr/bin/env bash
# Installs and starts the systems that tests/real holds crm-ready against: Parse Server on a PostgreSQL cluster of its
# own, and oidc-provider. All listen on 127.0.0.1 only. Safe to run again: what runs is left alone. stop.sh ends it all.
set -euo pipefail
# shellcheck source=tests/real/services.sh
. "$(dirname "${BASH_SOURCE[0]}")/services.sh"

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

install_programs() {
  local missing=() program
  postgres_bin >/dev/null || missing+=(postgresql)
  for program in curl jq; do command -v "$program" >/dev/null || missing+=("$program"); done
  [ ${#missing[@]} -gt 0 ] || return 0
  echo "Installing ${missing[*]}" >&2
  as_root apt-get update -q >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" >&2
}

# `npm ci` empties node_modules, so it runs only when the lock file or Node changed, and never under a running server.
install_packages() {
  local stamp=$here/node_modules/.installed wanted
  wanted="$(node --version) $(sha256sum <"$here/package-lock.json")"
  [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ] || return 0
  "$here/stop.sh"
  (cd "$here" && npm ci --no-audit --no-fund >&2)
  echo "$wanted" >"$stamp"
}

make_state_folder() {
  mkdir -p "$state"
  # In a folder for everybody, somebody else may have made it first.
  [ -O "$state" ] || { echo "$state belongs to somebody else: remove it first" >&2; exit 1; }
  chmod 711 "$state"
}

start_postgres() {
  if postgres_is_running; then return; fi
  local bin data=$state/postgres pwfile=$state/postgres.pwfile owner
  bin=$(postgres_bin)
  owner=$(as_postgres id -un)
  rm -rf "$data"
  install -d -o "$owner" -m 700 "$data"
  (umask 077 && od -An -N16 -tx1 /dev/urandom | tr -d ' \n' >"$state/postgres.password")
  install -o "$owner" -m 600 "$state/postgres.password" "$pwfile"
  as_postgres "$bin/initdb" --pgdata="$data" --username=parse --pwfile="$pwfile" \
    --auth=scram-sha-256 --encoding=UTF8 --locale=C --no-sync >"$state/initdb.log"
  rm "$pwfile"
  as_postgres "$bin/pg_ctl" start -D "$data" -w -s -l "$data/log" \
    -o "-c listen_addresses=127.0.0.1 -c port=$postgres_port -c unix_socket_directories='' -c fsync=off" ||
    { as_postgres tail -n 20 "$data/log" >&2; exit 1; }
}

# start_server <name> <port> <arguments of a curl that succeeds once it is ready …>: in a session of its own, so that it
# outlives this script and keeps none of its files open; in our folder, because Parse Server makes a `logs` where it
# stands. The log is shown where it never answers.
start_server() {
  local name=$1 port=$2
  shift 2
  if ! is_running "$name"; then
    cd "$state"
    PORT=$port setsid nohup node "$here/$name.mjs" >"$state/$name.log" 2>&1 </dev/null &
    echo $! >"$state/$name.pid"
  fi
  for _ in $(seq 120); do
    if is_running "$name" && curl -fs "$@" >/dev/null; then return; fi
    is_running "$name" || break
    sleep 0.5
  done
  echo "$name does not answer on port $port. Its log ends:" >&2
  tail -n 30 "$state/$name.log" >&2
  exit 1
}

install_programs
install_packages
if [ -x "$here/../referee/prepare.sh" ]; then "$here/../referee/prepare.sh"; fi
make_state_folder
start_postgres
export DATABASE_URI="postgres://parse:$(cat "$state/postgres.password")@127.0.0.1:$postgres_port/postgres"
start_server parse-server "$parse_port" "$parse_url/login" -H "X-Parse-Application-Id: $PARSE_APP_ID" \
  -d "username=$PARSE_USERNAME" -d "password=$PARSE_PASSWORD"
start_server oidc-server "$oidc_port" "$oidc_url/.well-known/openid-configuration"
echo "Parse Server   $parse_url"
echo "oidc-provider  $oidc_url"

# What prepare.sh, stop.sh and confirm.sh agree on. Sourced, not run.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# PID files, logs and the database. `mktemp -u` says where temporary files belong on this machine.
state=$(dirname "$(mktemp -u)")/crm-ready-real
postgres_port=13369
parse_port=13370
oidc_port=13371
parse_url=http://127.0.0.1:$parse_port/parse
oidc_url=http://127.0.0.1:$oidc_port

set -a
# shellcheck source=tests/real/test.env
. "$here/test.env"
set +a

# The newest PostgreSQL's folder of programs; Debian keeps them out of PATH. Fails where there is none.
postgres_bin() {
  local initdb
  initdb=$(find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1)
  initdb=${initdb:-$(command -v initdb)} && dirname "$initdb"
}

# PostgreSQL refuses to run as root; Debian's package brings a user for it, who may not read our current folder.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

postgres_is_running() {
  [ -d "$state/postgres" ] && as_postgres "$(postgres_bin)/pg_ctl" status -D "$state/postgres" >/dev/null
}

# Whether the process of a PID file is there, and is ours: PIDs are used again.
is_running() {
  [ -s "$state/$1.pid" ] && tr '\0' ' ' <"/proc/$(cat "$state/$1.pid")/cmdline" 2>/dev/null | grep -q "real/$1.mjs"
}

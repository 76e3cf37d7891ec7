#!/usr/bin/env bash
# Ends what prepare.sh started and removes its data. Safe to run again, and where nothing was started.
set -euo pipefail
# shellcheck source=tests/real/services.sh
. "$(dirname "${BASH_SOURCE[0]}")/services.sh"

for name in parse-server oidc-server; do
  if ! is_running "$name"; then continue; fi
  kill "$(cat "$state/$name.pid")"
  for _ in $(seq 40); do
    is_running "$name" || break
    sleep 0.25
  done
  if is_running "$name"; then kill -KILL "$(cat "$state/$name.pid")"; fi
done
if postgres_is_running; then
  as_postgres "$(postgres_bin)/pg_ctl" stop -D "$state/postgres" -m fast -w -s
fi
rm -rf "$state"

#!/usr/bin/env bash
# Installs App Connect's published engine for tests/referee. Safe to run again: it installs only what is not there yet.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
stamp=node_modules/.installed
wanted=$(sha256sum <package-lock.json)
[ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ] || exit 0
npm ci --ignore-scripts --no-audit --no-fund >&2
echo "$wanted" >"$stamp"

#!/usr/bin/env bash
# Installs the browser in which report pages and login pages are tested (Debian; it may ask for root). Without one, those
# tests are skipped, with a word.
set -euo pipefail
command -v chromium >/dev/null && exit 0
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}
echo "Installing chromium" >&2
as_root apt-get update -q >&2
as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends chromium >&2

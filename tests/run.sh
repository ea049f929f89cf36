#!/usr/bin/env bash
# Installs what the tests need and runs all of them. As root it installs packages itself; otherwise it says what is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

need() { # COMMAND PACKAGE...: a command that a Debian package brings
  local command=$1; shift
  if command -v "$command" >/dev/null; then return; fi
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "installing $*"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null
  else
    echo "tests/run.sh: '$command' is missing; install it, on Debian with: sudo apt-get install $*" >&2
    exit 2
  fi
}

need node nodejs npm
need java default-jre-headless
need pdftotext poppler-utils
[ -n "${CHROME_PATH:-}" ] || need chromium chromium
export CHROME_PATH=${CHROME_PATH:-$(command -v chromium)}

(cd tests/browser && npm ci --silent --no-audit --no-fund --ignore-scripts)

cargo test --locked
cargo build --locked
node --test tests/browser/*.test.mjs

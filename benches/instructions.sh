#!/usr/bin/env bash
# Counts the instructions of five fixed jobs under callgrind and prints them beside those on record.
#
#   bash benches/instructions.sh [RECTO]            prints the table; never fails for a figure
#   bash benches/instructions.sh [RECTO] --record   writes benches/instructions.tsv anew
#
# Instructions, unlike seconds, hardly wobble from run to run or from one machine to the next, so a
# job that grew shows here. The figures hold for one version of the compiler.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2

recto=target/release/recto record=
for word in "$@"; do
    if [ "$word" = --record ]; then record=1; else recto=$word; fi
done
recto=$(realpath "$recto")
command -v valgrind >/dev/null || { echo 'no valgrind: nothing counted'; exit 0; }

folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 - "$folder" <<'PYTHON' || exit 2
import sys
sys.path.insert(0, "benches/peers")
import logs, texts
for name in ("1k", "10k", "oneline"):
    texts.write(name, sys.argv[1])
logs.write(f"{sys.argv[1]}/log.recto.jsonl", 20_000)
PYTHON

# count COMMAND...: the instructions of one run.
count() {
    (cd "$folder" && XDG_STATE_HOME=$folder/state valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null) |
        sed -n 's/^==[0-9]*== Collected : \([0-9]*\).*/\1/p'
}

jobs=(
    "collate-10k|diff --count 10k/raw.txt 10k/corrected.txt"
    "collate-one-line|diff --count oneline/raw.txt oneline/corrected.txt"
    "rates-1k|stats 1k/raw.txt 1k/corrected.txt"
    "verify-20k-records|verify log.recto.jsonl"
    "replay-20k-records|replay log.recto.jsonl --text"
)
printf '%-20s %12s %12s %7s\n' job 'on record, M' 'now, M' ratio
for job in "${jobs[@]}"; do
    name=${job%%|*}
    # shellcheck disable=SC2086 # the words of the job are its arguments
    now=$(count "$recto" ${job#*|})
    before=$(awk -v name="$name" '$1 == name { print $2 }' benches/instructions.tsv 2>/dev/null)
    awk -v name="$name" -v now="${now:-0}" -v before="${before:-0}" 'BEGIN {
        printf "%-20s %12.1f %12.1f %7s\n", name, before / 1e6, now / 1e6, before ? sprintf("%.3f", now / before) : "-" }'
    [ -n "$record" ] && printf '%s\t%s\n' "$name" "${now:-0}" >>"$folder/instructions.tsv"
done
if [ -n "$record" ]; then mv "$folder/instructions.tsv" benches/instructions.tsv; fi

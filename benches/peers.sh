#!/usr/bin/env bash
# Measures recto beside git, vim, nvim, rapidfuzz and sha256sum, and prints the table of targets.
#
#   bash benches/peers.sh [JOB ...]     all jobs, or some of: collation frames keys bursts login rates hashing records
#
# Peers that are missing are installed from Debian's packages where that is possible, else named.
# PEERS_RUNS (5) is how often each pair is run, PEERS_FOLDER (target/peers) holds the texts.
# The whole table takes about half an hour on two cores; nothing else should run meanwhile.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2

for pair in git:git vim:vim nvim:neovim python3:python3 ssh:openssh-client sshd:openssh-server; do
    command -v "${pair%%:*}" >/dev/null && continue
    [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || continue
    DEBIAN_FRONTEND=noninteractive timeout 180 apt-get install -y -qq "${pair##*:}" >/dev/null 2>&1
done
python3 -c 'import rapidfuzz' 2>/dev/null || timeout 120 python3 -m pip install --quiet rapidfuzz >/dev/null 2>&1

cargo build --locked --release || exit 2
folder=${PEERS_FOLDER:-target/peers}
mkdir -p "$folder"
printf '%s, %s, %s cores\n' "$(target/release/recto --version)" "$(uname -srm)" "$(nproc)"
for peer in git vim nvim sha256sum; do
    command -v "$peer" >/dev/null && printf '%s\n' "$("$peer" --version | head -n 1)"
done
exec python3 benches/peers/table.py target/release/recto "$folder" "$@"

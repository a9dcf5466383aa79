#!/bin/sh
# Checks the chain of a recto edit log without recto: sh, sha256sum and the tools of POSIX.
#
#   sh verify.sh LOG
#
# What is checked, by log-format.md section 1 and 4: each line ends in its own SHA-256, names the
# line before, and counts on from 0. What is not: the members of the records, the texts, the seals.
# Exit: 0 the chain is whole; 1 a record was changed, lost or added; 2 could not check;
# 3 the last line was cut short, or lacks only its line feed; everything before it is whole.
LC_ALL=C
export LC_ALL
set -u

if [ $# -ne 1 ]; then
    echo "usage: sh verify.sh LOG" >&2
    exit 2
fi
log=$1
if ! [ -f "$log" ] || ! [ -r "$log" ]; then
    echo "verify.sh: $log: not a file that can be read" >&2
    exit 2
fi

prev=0000000000000000000000000000000000000000000000000000000000000000
size=$(($(wc -c <"$log")))
lines=$(($(wc -l <"$log")))
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# Files do the work of variables, which cannot hold NUL: the lines, one a file, and what follows
# the last line feed.
mkdir "$work/lines"
whole=0
if [ "$lines" -gt 0 ]; then
    whole=$(($(head -n "$lines" "$log" | wc -c)))
    head -n "$lines" "$log" | split -l 1 -a 6 - "$work/lines/" || exit 2
fi
tail -c "+$((whole + 1))" "$log" >"$work/tail"

# check FILE SEQ PREV: the one line in FILE, without its line feed, is record SEQ after PREV.
# Leaves its hash in $hash.
check() {
    length=$(($(wc -c <"$1")))
    [ "$length" -gt 75 ] || return 1
    [ "$(tr -d '\000' <"$1" | wc -c)" -eq "$length" ] || return 1
    end=$(tail -c 75 "$1")
    hash=${end#',"hash":"'}
    [ "$hash" != "$end" ] || return 1
    end=$hash
    hash=${end%'"}'}
    [ "$hash" != "$end" ] && [ "${#hash}" -eq 64 ] || return 1
    case $hash in *[!0-9a-f]*) return 1 ;; esac
    head -c "$((length - 75))" "$1" >"$work/body"
    [ "$(sha256sum <"$work/body" | cut -c 1-64)" = "$hash" ] || return 1
    case $(head -c 200 "$work/body") in
    '{"v":1,"seq":'"$2"',"prev":"'"$3"'",'*) return 0 ;;
    esac
    return 1
}

seq=0
for line in "$work"/lines/*; do
    [ -f "$line" ] || break
    # All but the line feed, whatever the line ends in before it.
    head -c "$(($(wc -c <"$line") - 1))" "$line" >"$work/bare"
    if ! check "$work/bare" "$seq" "$prev"; then
        echo "chain    broken    $seq records are whole; the line after them is not record $seq"
        exit 1
    fi
    prev=$hash
    seq=$((seq + 1))
done

if [ "$size" -eq "$whole" ]; then
    if [ "$seq" -eq 0 ]; then
        echo "chain    broken    no record at all"
        exit 1
    fi
    echo "chain    ok        $seq records, head $prev"
    exit 0
fi
if check "$work/tail" "$seq" "$prev"; then
    echo "chain    torn      $((seq + 1)) records; the last lacks only its line feed, head $hash"
    exit 3
fi
# A whole record followed by anything but a line feed was altered, not torn.
mark=$(tr '\000' '?' <"$work/tail" | sed -n 's/^\(.*,"hash":"[0-9a-f]\{64\}"}\).*$/\1/p' | head -n 1)
if [ -n "$mark" ]; then
    printf %s "$mark" >"$work/first"
    if check "$work/first" "$seq" "$prev"; then
        echo "chain    broken    record $seq is followed by bytes that are no line feed"
        exit 1
    fi
fi
if [ "$seq" -eq 0 ]; then
    echo "chain    broken    no record at all"
    exit 1
fi
echo "chain    torn      $seq records, head $prev; $((size - whole)) bytes after them are cut short"
exit 3

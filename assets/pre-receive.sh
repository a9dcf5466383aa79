#!/bin/sh
# A pre-receive hook for a git repository that carries recto's edit logs: what was pushed once is
# appended to, and never cut, changed or taken away.
#
#   recto verify --hook >REPOSITORY/hooks/pre-receive && chmod +x REPOSITORY/hooks/pre-receive
#
# Refused on every ref: a log (*.recto.jsonl) that is removed or renamed, or that does not begin
# with the bytes that are stored. Refused of branches under recto/: to delete them, or to put them
# back. git's own protections are of refs/heads/ alone, and a commit that cuts a file passes them.
LC_ALL=C
export LC_ALL
set -u
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

refuse() {
    echo "recto: $ref: $1" >&2
    exit 1
}

while read -r old new ref; do
    # A ref that is new has nothing to lose.
    case $old in *[!0]*) ;; *) continue ;; esac
    case $ref in refs/heads/recto/* | refs/recto/*)
        case $new in *[!0]*) ;; *) refuse "a reviewer's branch is not deleted" ;; esac
        git merge-base --is-ancestor "$old" "$new" || refuse "a reviewer's branch is not put back"
        ;;
    esac
    case $new in
    *[!0]*) git diff-tree -r --no-renames "$old" "$new" >"$work/changes" ;;
    *) git ls-tree -r "$old" | sed 's/^[^ ]* blob \([0-9a-f]*\)/:100644 0 \1 0 D/' >"$work/changes" ;;
    esac || refuse "what was changed cannot be told"
    while read -r _ _ before after how path; do
        # A name with odd letters is quoted, and then ends in a quote.
        case $path in *.recto.jsonl | *.recto.jsonl\") ;; *) continue ;; esac
        case $how in
        A) continue ;;
        M) ;;
        *) refuse "$path is a log and would be gone" ;;
        esac
        git cat-file blob "$before" >"$work/before" || refuse "$path cannot be read"
        git cat-file blob "$after" >"$work/after" || refuse "$path cannot be read"
        head -c "$(($(wc -c <"$work/before")))" "$work/after" | cmp -s - "$work/before" ||
            refuse "$path does not begin with the log that is stored"
    done <"$work/changes" || exit 1
done

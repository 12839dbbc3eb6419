#!/bin/sh
# console.sh FILE: runs the commands of a console transcript and compares what they print, in TAP.
#
# In a .t file every line indented by two spaces belongs to the transcript, in a .md file every line
# of a block fenced as ```console; the rest is prose. A line `$ command` is run by sh in a scratch
# folder shared by the whole file, with the experiments in it and the built selfnorm first in PATH; a
# line `> more` continues
# it. The lines up to the next command are what it must print (standard output and error together).
# A line `[N]` at the end is its exit status when that is not 0; a line `...` stands for any number
# of lines, and `...` within a line for any characters.
set -u
file=$1
name=$(basename "$file")
scratch=$(mktemp -d) || exit 99
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
mkdir "$scratch/run" "$scratch/cases"
ln -s "$SRCDIR/experiments" "$scratch/run/experiments"

case $file in
*.md) awk '/^```/ { on = ($0 == "```console"); next } on' "$file" ;;
*) sed -n 's/^  //p' "$file" ;;
esac | awk -v dir="$scratch/cases" '
    /^\$ / { n++; base = sprintf("%s/%04d", dir, n); last = "command"
             print substr($0, 3) >(base ".command"); printf "" >(base ".expected"); next }
    /^> / && last == "command" { print substr($0, 3) >(base ".command"); next }
    n { last = "output"; print >(base ".expected") }
    END { print n + 0 >(dir "/count") }'

count=$(cat "$scratch/cases/count")
echo "1..$count"
[ "$count" -gt 0 ] || { echo "Bail out! $name has no commands"; exit 1; }

PATH=$BUILDDIR:$PATH
export PATH SRCDIR BUILDDIR
LC_ALL=C
TERM=dumb
export LC_ALL TERM

# Whether the lines of file 2 match the pattern lines of file 1.
matches() {
    awk '
        function fits(pattern, line,    at, rest) { # "..." within a line stands for anything
            at = index(pattern, "...")
            if (at == 0) return pattern == line
            if (substr(line, 1, at - 1) != substr(pattern, 1, at - 1)) return 0
            rest = substr(pattern, at + 3); line = substr(line, at)
            do { if (fits(rest, line)) return 1; line = substr(line, 2) } while (line != "")
            return fits(rest, "")
        }
        function all(i, j) {
            for (; i <= n; i++) {
                if (want[i] == "...") {
                    for (; j <= m + 1; j++) if (all(i + 1, j)) return 1
                    return 0
                }
                if (j > m || !fits(want[i], got[j])) return 0
                j++
            }
            return j == m + 1
        }
        FNR == NR { want[++n] = $0; next }
        { got[++m] = $0 }
        END { exit all(1, 1) ? 0 : 1 }' "$1" "$2"
}

i=0
while [ "$i" -lt "$count" ]; do
    i=$((i + 1))
    base=$scratch/cases/$(printf %04d "$i")
    (cd "$scratch/run" && sh "$base.command") >"$base.got" 2>&1 </dev/null
    status=$?
    [ "$status" -eq 0 ] || echo "[$status]" >>"$base.got"
    # An empty first file would leave FNR == NR true through the second.
    if [ -s "$base.expected" ]; then
        matches "$base.expected" "$base.got"
    else
        [ ! -s "$base.got" ]
    fi
    verdict=$?
    line=$(head -n 1 "$base.command" | tr '#' '=')
    if [ "$verdict" -eq 0 ]; then
        printf '%s\n' "ok $i - $name: $line"
    else
        printf '%s\n' "not ok $i - $name: $line"
        diff -u "$base.expected" "$base.got" | sed 's/^/# /'
    fi
done

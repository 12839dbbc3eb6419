#!/bin/sh
# The manual page: it formats without a warning, its examples run, and it names every command and
# every option that the program has. TAP.
set -u
page=$SRCDIR/doc/selfnorm.1
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
ln -s "$SRCDIR/experiments" "$scratch/experiments"
PATH=$BUILDDIR:$PATH
export PATH

plain() { sed -e 's/\\-/-/g' -e "s/\\\\(aq/'/g" "$page"; }
plain | awk '/^\.nf$/ { on = 1; next } /^\.fi$/ { on = 0 } on && NF { sub(/^ +/, ""); print }' >"$scratch/examples"
examples=$(wc -l <"$scratch/examples")
echo "1..$((examples + 2))"

n=0
while IFS= read -r line; do
    n=$((n + 1))
    if (cd "$scratch" && sh -c "$line") >"$scratch/log" 2>&1; then
        echo "ok $n - $line"
    else
        echo "not ok $n - $line"
        sed 's/^/# /' "$scratch/log"
    fi
done <"$scratch/examples"

missing=
for c in $(selfnorm list commands | awk '/^  [a-z]/ { print $1 }'); do
    plain | grep -q "^\.B $c\$" || missing="$missing $c"
    for o in $(selfnorm "$c" --help | grep -oE -- '--[a-z]+' | sort -u); do
        [ "$o" = --help ] || plain | grep -q -- "$o\b" || missing="$missing $c:$o"
    done
done
if [ "$examples" -gt 0 ] && [ -z "$missing" ]; then
    echo "ok $((n + 1)) - every command and option is in the manual page"
else
    echo "not ok $((n + 1)) - every command and option is in the manual page"
    echo "# missing:$missing"
fi

if ! command -v man >/dev/null; then
    echo "ok $((n + 2)) - the page formats # SKIP no man here"
elif complaint=$(MANWIDTH=80 man --warnings -l "$page" 2>&1 >/dev/null) && [ -z "$complaint" ]; then
    echo "ok $((n + 2)) - the page formats without a warning"
else
    echo "not ok $((n + 2)) - the page formats without a warning"
    echo "# $complaint"
fi

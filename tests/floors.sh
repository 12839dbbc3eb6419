#!/bin/sh
# The architecture, enforced: reads the #include lines of src/ and checks that no floor looks up or
# sideways, and that the libraries kept to one floor stay there. TAP.
set -u
cd "$SRCDIR/src" || exit 99

echo 1..4
find . \( -name '*.[ch]' -o -name '*.inc' \) -printf '%P\n' | sort | xargs awk '
    BEGIN {
        sees["base"] = "base"
        sees["activation"] = "base activation"
        sees["theory"] = "base activation theory"
        sees["certify"] = "base activation certify"
        sees["simulate"] = "base activation simulate"
        sees["config"] = "base activation theory certify simulate config"
        sees["report"] = "base report"
        sees["study"] = "base activation theory certify simulate config report study"
        sees["cli"] = "base activation theory certify simulate config report study cli"
    }
    /^#include "/ {
        split(FILENAME, path, "/"); from = path[1]
        target = $2; gsub(/"/, "", target); sub(/^\.\.\//, "", target)
        to = from
        if (index(target, "/")) { split(target, part, "/"); to = part[1] }
        read++
        if (index(" " sees[from] " ", " " to " ") == 0) {
            print "# " FILENAME ":" FNR ": " from "/ must not include " to "/"
            bad = 1
        }
    }
    END { if (!read) bad = 1; print (bad ? "not ok" : "ok") " 1 - no floor includes one above or beside it" }'

# Which library header may appear on which floor.
bad=
check() { # header-pattern floors...
    pattern=$1
    shift
    for f in $(grep -rlE --include='*.[ch]' --include='*.inc' "^#include <$pattern" . | sed 's,^\./,,'); do
        case " $* " in
        *" ${f%%/*} "*) ;;
        *) bad=1; echo "# src/$f includes <$pattern, allowed in: $*" ;;
        esac
    done
}
check gsl/ theory
check cerf theory activation
check 'arb|acb|flint' certify
check sha2 certify study
check 'mpi\.h' study
check cblas simulate
check Random123 simulate
check sleef simulate
check 'cjson|cJSON' config report
check popt cli
if [ -n "$bad" ]; then printf 'not '; fi
echo "ok 2 - every library stays on its floor"

bad=
for floor in base activation theory certify simulate; do
    [ -d $floor ] || continue
    if grep -nE '\b(printf|puts|fputs|perror|exit|abort|getenv|time|clock_gettime|signal)\(' \
        -r $floor --include='*.c' --include='*.inc' | grep -vE '\b(vsn|sn)printf\(|^[^:]*:[0-9]*: *(/?\*|//)' | sed 's/^/# /' | grep .; then
        bad=1
    fi
done
if [ -n "$bad" ]; then printf 'not '; fi
echo "ok 3 - the engine never prints, exits, or reads the environment or the clock"

bad=
for f in certify/check*.[ch] certify/plain.[ch] certify/orbit.c certify/certificate_text.[ch] \
    certify/certificate_claim.c; do
    if grep -nE '^#include .*/(chain|extreme|node|prover|certificate_maker)\.h' "$f" | sed "s,^,# src/$f:," | grep .; then
        bad=1
    fi
done
if [ -n "$bad" ]; then printf 'not '; fi
echo "ok 4 - what checks certificates knows nothing of the prover"

#!/bin/sh
# make install, then a small C program outside the tree, built by pkg-config alone against what was
# installed, prints the constants of (0, 2). TAP.
set -u
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
n=0
check() { # description, then a command
    n=$((n + 1))
    what=$1
    shift
    if "$@" >"$scratch/log" 2>&1; then
        echo "ok $n - $what"
    else
        echo "not ok $n - $what"
        sed 's/^/# /' "$scratch/log"
    fi
}
echo 1..9

check "make install" ${MAKE:-make} -C "$BUILDDIR" install prefix="$scratch/usr" exec_prefix="$scratch/usr" DESTDIR=
usr=$scratch/usr
# The .pc file names the configured prefix; what was installed here is elsewhere.
export PKG_CONFIG_PATH="$usr/lib/pkgconfig"
flags=$(pkg-config --define-variable=prefix="$usr" --define-variable=exec_prefix="$usr" \
    --define-variable=libdir="$usr/lib" --define-variable=includedir="$usr/include" \
    --cflags --libs selfnorm)

cat >"$scratch/keep.c" <<'C'
#include <selfnorm.h>
#include <stdio.h>

int main(void)
{
    sn_error err = {0};
    sn_constants found;
    const sn_target target = {SN_MAP_NEURON, {.mu = 0, .nu = 2, .omega = 0, .tau = 1}};
    if (sn_constants_solve(&target, &found, &err) != SN_OK) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    for (size_t i = 0; i < found.count; i++)
        printf("%.5f %.5f\n", found.solutions[i].alpha, found.solutions[i].lambda);
    return found.count == 0;
}
C
# shellcheck disable=SC2086 # flags are words
check "an external program compiles" cc -std=c99 -Wall -Werror -o "$scratch/keep" "$scratch/keep.c" $flags
run() { LD_LIBRARY_PATH=$usr/lib "$scratch/keep"; }
check "it prints the constants of (0, 2)" sh -c "test \"\$(LD_LIBRARY_PATH=$usr/lib $scratch/keep)\" = '1.97126 1.06071'"

: >"$scratch/each.c"
(cd "$usr/include" && find . -name '*.h' | sed 's,^\./\(.*\),#include <\1>,') >>"$scratch/each.c"
echo 'int main(void) { return 0; }' >>"$scratch/each.c"
# shellcheck disable=SC2086
check "every header stands by itself, in C++ too" sh -c "
    for h in \$(cd $usr/include && find . -name '*.h'); do
        echo \"#include <\${h#./}>\" >$scratch/one.c
        cc -std=c99 -fsyntax-only -Wall -Werror -I$usr/include $scratch/one.c || exit 1
        if command -v c++ >/dev/null; then
            c++ -x c++ -std=c++11 -fsyntax-only -Wall -Werror -I$usr/include $scratch/one.c || exit 1
        fi
    done"
check "the library exports nothing but sn_*" sh -c "
    ! nm -D --defined-only $usr/lib/libselfnorm.so | awk '\$2 ~ /[TDBR]/ { print \$3 }' | grep -v '^sn_'"
check "the installed program runs" "$usr/bin/selfnorm" --version
check "the manual page is there" test -s "$usr/share/man/man1/selfnorm.1"
check "the completion is there" test -s "$usr/share/bash-completion/completions/selfnorm"
check "the schema and the experiments are there" test -s "$usr/share/selfnorm/selfnorm.schema.json" \
    -a -s "$usr/share/selfnorm/experiments/vector_field.json"

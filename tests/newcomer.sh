#!/bin/sh
# A newcomer adds an activation of his own in one new file and one line, and everything works with
# it: the list, the three maps, the simulation in both precisions. In a copy of the source. TAP.
set -u
skip() {
    echo "1..0 # SKIP $1"
    exit 0
}
for tool in autoreconf automake libtoolize aclocal; do
    command -v "$tool" >/dev/null || skip "$tool is missing"
done
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
copy=$scratch/copy
n=0
check() { # description, then a command
    n=$((n + 1))
    what=$1
    shift
    if "$@" >"$scratch/log" 2>&1; then
        echo "ok $n - $what"
    else
        echo "not ok $n - $what"
        tail -n 30 "$scratch/log" | sed 's/^/# /'
    fi
}
echo 1..9

# What the program is built from, without what an earlier build left in it.
mkdir -p "$copy/build" "$copy/build-aux" "$copy/m4"
for part in Makefile.am configure.ac selfnorm.pc.in src plots; do
    cp -R "$SRCDIR/$part" "$copy/" || exit 99
done
chmod -R u+w "$copy"
find "$copy/src" ! -name '*.[ch]' ! -name '*.am' ! -name '*.inc' -type f -exec rm -f {} +
rm -f "$copy/src/activation/registry.inc" "$copy/src/report/templates.inc"

# The new file.
cat >"$copy/src/activation/bump.c" <<'C'
/* bump: z exp(-z^2 / 2), which is 0 far out on both sides. */
#include <math.h>

#include "activation/activation.h"

static double value(const double *params, double z)
{
    (void)params;
    return z * exp(-z * z / 2);
}

static double derivative(const double *params, double z)
{
    (void)params;
    return (1 - z * z) * exp(-z * z / 2);
}

const sn_activation_type sn_activation_bump = {
    .name = "bump",
    .doc = "z exp(-z^2 / 2)",
    .value = value,
    .derivative = derivative,
};
C
# The one line.
awk '{ print } /^ACTIVATION_SOURCES = / { print "\tsrc/activation/bump.c \\" }' \
    "$SRCDIR/src/activation/activations.am" >"$copy/src/activation/activations.am"
check "the list has room for one line" sh -c \
    "diff '$SRCDIR/src/activation/activations.am' '$copy/src/activation/activations.am' | grep -c '^[<>]' | grep -x 1"

unset MAKEFLAGS MFLAGS MAKELEVEL
build() {
    cd "$copy" && autoreconf -fi && cd build && ../configure --disable-shared CFLAGS=-O1 SN_WARNINGS=-w \
        && "${MAKE:-make}" -j2 selfnorm
}
check "it builds" build
selfnorm=$copy/build/selfnorm

check "it is listed" sh -c "'$selfnorm' list activations | grep -Fx '  bump         z exp(-z^2 / 2)'"

# E f(z)^2 for z ~ N(0, y) is y (1 + 2y)^(-3/2); for the grid's one row with mu 0, nu 1.7 and tau 0.9
# y is 1.53, at mu 0 in all three maps.
column_is() { # table, map: the second moment and chi1 = tau E f'(z)^2 > 0 at mu 0, nu 1.7
    awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        /^#/ || NF < 9 { next }
        $at["mu"] == 0 && $at["nu"] == 1.7 {
            rows++
            y = 0.9 * 1.7; want = y * exp(-1.5 * log(1 + 2 * y)); got = $at["xi_next"]
            if ((got / want - 1) ^ 2 > 1e-22 || !($at["chi1"] > 0) || $at["mu_next"] ^ 2 > 1e-28) bad = 1
        }
        END { exit rows == 1 && !bad ? 0 : 1 }' "$1"
}
map() { # name
    cat >"$scratch/$1.json" <<J
{"kind": "map", "map": "$1", "activation": {"name": "bump"}, "fixed": {"omega": 0, "tau": 0.9},
 "grid": {"mu": {"from": -1, "to": 1, "points": 3}, "nu": {"from": 0.7, "to": 1.7, "points": 3}},
 "trajectories": [{"mu": 0.3, "nu": 1.2}]}
J
    "$selfnorm" map --pictures none -o "$scratch/$1" "$scratch/$1.json" && column_is "$scratch/$1/grid.tsv"
}
for name in neuron centred ensemble; do
    check "the $name map of it, by quadrature" map "$name"
done

# Depth 3, wide: the variance measured is that of the theory, within five standard errors.
simulate() { # precision
    cat >"$scratch/$1.json" <<J
{"kind": "simulate", "seed": 5, "precision": "$1", "replicas": 8, "samples": 64, "plots": [],
 "network": {"width": 200, "depth": 3, "activation": {"name": "bump"}}}
J
    "$selfnorm" simulate -o "$scratch/$1" "$scratch/$1.json" && awk -F '\t' '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        /^#/ || NF < 9 { next }
        $at["layer"] > 0 {
            rows++
            d = ($at["variance"] - $at["variance_theory"]) / $at["variance_se"]
            if (d * d > 25) bad = 1
        }
        END { exit rows == 3 && !bad ? 0 : 1 }' "$scratch/$1/layers.tsv"
}
for precision in float double; do
    check "it runs through networks in $precision" simulate "$precision"
done

check "its name is suggested when mistyped" sh -c "
    printf '{\"kind\": \"map\", \"activation\": {\"name\": \"bmup\"}}' | '$selfnorm' map -o '$scratch/no' - 2>&1 |
        grep 'the nearest known name is \"bump\"'"

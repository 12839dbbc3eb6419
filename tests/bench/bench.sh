#!/bin/sh
# bench.sh BUILDDIR SRCDIR: every figure of speed as a ratio of two things timed in turns in this
# run, with one thread. Five turns each; the median ratio counts, the range says how noisy it was.
set -u
bench=$1/tests/bench/bench
program=$1/selfnorm
peers=$2/tests/bench/peers.py
python=
for p in python3 /usr/bin/python3; do
    if "$p" -c 'import scipy' 2>/dev/null; then python=$p && break; fi
done
OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
export OMP_NUM_THREADS OPENBLAS_NUM_THREADS

median() { sort -n | awk '{ v[NR] = $1 } END { printf "%.4g %.4g %.4g", v[int((NR + 1) / 2)], v[1], v[NR] }'; }

# compare LABEL GOAL SLOWER-COMMAND FASTER-COMMAND: each prints nanoseconds
compare() {
    label=$1 goal=$2 ratios=
    for turn in 1 2 3 4 5; do
        a=$(eval "$3") && b=$(eval "$4") || return 1
        ratios="$ratios $(echo "$a $b" | awk '{ print $1 / $2 }')"
    done
    # shellcheck disable=SC2086 # one ratio a line
    set -- $(printf '%s\n' $ratios | median)
    printf '%-62s %8.4gx  (%.4g to %.4g; goal %s)\n' "$label" "$1" "$2" "$3" "$goal"
}

# nanoseconds of one run of a command, the mean of 20
process() {
    began=$(date +%s%N)
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do "$@" >/dev/null; done
    echo $((($(date +%s%N) - began) / 20))
}

if [ -n "$python" ]; then
    compare "g and its derivatives on arrays / SciPy's erfcx formula" 1.5 \
        "$python $peers g" "$bench g_many"
    compare "the same one by one, on a grid" 1.5 "$python $peers g" "$bench g"
    compare "the same one by one, at scattered points" 1.5 "$python $peers g" "$bench g_scattered"
    compare "alpha, lambda of a target / SciPy's root" 20 \
        "$python $peers constants" "$bench constants"
    compare "fixed point of g / SciPy's root" 20 \
        "$python $peers fixed_points" "$bench fixed_points"
else
    echo "SciPy is not installed: its comparisons are left out (Debian: python3-scipy)"
fi
for f in tanh gelu selu; do
    compare "Gauss-Legendre moments of $f / GSL's adaptive rule alone" 5 \
        "$bench gsl_$f" "$bench quadrature_$f"
done
compare "selfnorm constants as a process / an empty shell script" "-" \
    "process $program constants" "process sh -c :" |
    sed 's/ goal -/ lower is better/'
compare "all theorems of the paper proved / selfnorm constants" "-" \
    "process $program verify" "process $program constants" | sed 's/ goal -/ lower is better/'
printf 'in this run: selfnorm constants took %s ms; %s solves and %s fixed points a second\n' \
    "$(process "$program" constants | awk '{ printf "%.2f", $1 / 1e6 }')" \
    "$("$bench" constants | awk '{ printf "%.0f", 1e9 / $1 }')" \
    "$("$bench" fixed_points | awk '{ printf "%.0f", 1e9 / $1 }')"

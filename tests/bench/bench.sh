#!/bin/sh
# bench.sh BUILDDIR SRCDIR: every figure of speed as a ratio of two things timed in turns in this
# run, with one thread unless said otherwise. Five turns each (three of simulations); the median ratio
# counts, the range says how noisy it was.
set -u
bench=$1/tests/bench/bench
program=$1/selfnorm
simulate=$1/tests/bench/simulate
peers=$2/tests/bench/peers.py
pytorch=$2/tests/bench/pytorch.py
python=
for p in python3 /usr/bin/python3; do
    if "$p" -c 'import scipy' 2>/dev/null; then python=$p && break; fi
done
torch=
for p in python3 /usr/bin/python3; do
    if "$p" -c 'import torch' 2>/dev/null; then torch=$p && break; fi
done
threads=2
if [ "$(nproc)" = 1 ]; then threads=1; fi
OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
export OMP_NUM_THREADS OPENBLAS_NUM_THREADS

median() { sort -n | awk '{ v[NR] = $1 } END { printf "%.4g %.4g %.4g", v[int((NR + 1) / 2)], v[1], v[NR] }'; }

# show LABEL GOAL RATIO...: the median of the ratios and their range
show() {
    label=$1 goal=$2
    shift 2
    # shellcheck disable=SC2046 # median, least, greatest
    set -- "$label" "$goal" $(printf '%s\n' "$@" | median)
    printf '%-62s %8.4gx  (%.4g to %.4g; goal %s)\n' "$1" "$3" "$4" "$5" "$2"
}

over() { echo "$1 $2" | awk '{ print $1 / $2 }'; }

# compare LABEL GOAL SLOWER-COMMAND FASTER-COMMAND [TURNS]: each prints nanoseconds
compare() {
    compared=$1 wanted=$2 ratios=
    for turn in $(seq "${5:-5}"); do
        a=$(eval "$3") && b=$(eval "$4") || return 1
        ratios="$ratios $(over "$a" "$b")"
    done
    # shellcheck disable=SC2086 # one ratio a word
    show "$compared" "$wanted" $ratios
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
for f in relu:10 tanh:200 gelu:2000; do
    compare "10^6 nets of ${f%:*} layer by layer, of a sample / phase diagram" "${f#*:}" \
        "$bench layers_${f%:*}" "$bench diagram_${f%:*}" 3
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

# simulations WIDTH SAMPLES DEPTH REPLICAS, then goals: of direct / products, PyTorch / direct, PyTorch
# / auto. A goal of - leaves the comparison out.
# shellcheck disable=SC1007,SC2034,SC2086 # lists start empty and are split into words; turns count
simulations() {
    shape="$1 $2 $3 $4" goal_products=$5 goal_direct=$6 goal_auto=$7
    to_products= to_direct= to_auto= way=
    if [ -n "$torch" ]; then way=$("$torch" "$pytorch" $shape) || return 1; fi
    for turn in 1 2 3; do
        direct=$("$simulate" direct $shape $threads) || return 1
        if [ "$goal_products" != - ]; then
            products=$("$simulate" products $shape $threads) || return 1
            to_products="$to_products $(over "$direct" "$products")"
        fi
        if [ -n "$way" ]; then
            peer=$("$torch" "$pytorch" $shape "$way") || return 1
            auto=$("$simulate" auto $shape $threads) || return 1
            to_direct="$to_direct $(over "$peer" "$direct")"
            to_auto="$to_auto $(over "$peer" "$auto")"
        fi
    done
    printf 'width %s, %s samples, depth %s, %s replicas, %s threads%s\n' "$1" "$2" "$3" "$4" $threads \
        "${way:+; PyTorch fastest by $way}"
    if [ -n "$to_products" ]; then
        show "  time of direct / of its matrix products (lower is better)" "$goal_products" $to_products
    fi
    if [ -n "$way" ]; then
        show "  speed of direct / of PyTorch" "$goal_direct" $to_direct
        show "  speed of auto / of PyTorch" "$goal_auto" $to_auto
    fi
}

echo "selfnorm simulate: SELU, LeCun's normal weights, in float, moments at every layer"
if [ -z "$torch" ]; then
    echo "PyTorch is not installed: its comparisons are left out (Debian: python3-torch)"
fi
simulations 512 512 64 8 '<= 1.15' '>= 2' '>= 2'
simulations 256 128 64 64 '<= 1.35' '>= 4.5' '>= 5'
simulations 1024 128 32 8 '<= 1.3' '>= 4' '>= 18'
simulations 4096 128 32 2 - '>= 4' '>= 50'
compare "speed of two threads / of one: direct, width 256, 64 replicas" '-' \
    "$simulate direct 256 128 64 64 1" "$simulate direct 256 128 64 64 2" 3
compare "direct / gram, of one law: width 4096, 32 samples" '-' \
    "$simulate direct 4096 32 8 2 1" "$simulate gram 4096 32 8 2 1" 3
compare "gram at width 10^6, 32 samples / a copy of its activations" '-' \
    "$simulate gram 1000000 32 10 1 1" "$simulate copies 1000000 32 10 1 1" 3

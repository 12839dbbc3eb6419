#!/bin/sh
# The snippets of code that selfnorm prints run, and find the moments that they were printed with:
# C under all warnings of the compiler; PyTorch, JAX, Keras and ONNX where a Python has them. Where
# it has not, they are at least Python. TAP.
set -u
program=$BUILDDIR/selfnorm
compiler=${CC:-cc}
if ! "$program" gain --help >/dev/null 2>&1; then
    echo "1..0 # SKIP the program is not built, or has no gain"
    exit 0
fi
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 PYTHONDONTWRITEBYTECODE=1

# What is printed: a command line each, as the shell reads it.
{
    "$program" list activations | sed -n 's/^  \([a-z][a-z0-9_]*\) .*/gain \1/p'
    cat <<'EOF'
gain gelu --depth 10
gain leaky_relu --param slope=0.2385
gain --design selu --target-mean 0.1 --target-variance 2
gain --expression 'x > 0 ? x : a*(exp(x)-1)' --param a=0.7
gain --expression 'gamma*tanh(2*x - lambda) + 0.3*abs(x)' --param gamma=1.7 --param lambda=0.5
gain --expression '1.7*gelu(x) + p*sin(x)^2' --param p=-0.2385
EOF
} >"$work/commands"

n=0
point() { # status, what was tried, file of what it said
    n=$((n + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $n - $2"
    else
        echo "not ok $n - $2"
        sed 's/^/# /' "$3"
    fi
}

# --- all are printed ---

k=0
while read -r command; do
    k=$((k + 1))
    for format in c pytorch jax keras onnx; do
        case $format in c) file=$k.c ;; *) file=$k.$format.py ;; esac
        eval "\"\$program\" $command --format $format" >"$work/$file" 2>"$work/said" </dev/null
        status=$?
        [ $status -eq 0 ] || point $status "$command --format $format" "$work/said"
    done
done <"$work/commands"
point "$((k < 6))" "$k snippets are printed in every language" "$work/commands"

# --- C ---

run_c() { # number
    "$compiler" -std=c17 -Wall -Wextra -Werror -c -o "$work/part.o" "$work/$1.c" &&
        "$compiler" -std=c17 -Wall -Wextra -Werror -DSELFNORM_CHECK -o "$work/whole" \
            "$work/$1.c" -lm && "$work/whole" && ! "$work/whole" | grep -v ': ok, '
}
if command -v "$compiler" >/dev/null; then
    i=0
    while read -r command; do
        i=$((i + 1))
        run_c $i >"$work/said" 2>&1
        point $? "C: $command" "$work/said"
    done <"$work/commands"
else
    n=$((n + 1))
    echo "ok $n - C # SKIP no $compiler here"
fi

# --- Python ---

cat >"$work/run.py" <<'EOF'
"""run.py FORMAT COMMANDS: runs every snippet as a program; its lines are those of TAP, unnumbered."""
import contextlib, io, os, runpy, sys, traceback

format, commands = sys.argv[1:]
folder = os.path.dirname(commands)


def torch_works(names):
    """In floats, and with the initialisers and the dropout that came with it."""
    import torch

    torch.manual_seed(11)
    z = torch.randn(1000, 1000)
    f = next(v for k, v in names.items() if callable(v) and v.__code__.co_varnames[:1] == ("x",)
             and k != "dropout")
    y = f(z)
    assert y.dtype == torch.float32 and y.shape == z.shape
    whole = names["init_weight_"](torch.empty(300, 200, 5)).std()
    cut = names["init_weight_truncated_"](torch.empty(300, 200, 5))
    assert abs(cut.std() - whole) < 0.01 * whole, (cut.std(), whole)
    assert cut.abs().max() <= 2 / 0.8796 * 1.01 * whole, cut.abs().max()
    names["init_bias_"](torch.empty(300))
    if "dropout" in names:
        assert names["dropout"](y, training=False) is y
        dropped = names["dropout"](y)
        assert dropped.shape == y.shape and not torch.equal(dropped, y)


for number, command in enumerate(open(commands), 1):
    path = os.path.join(folder, f"{number}.{format}.py")
    said = io.StringIO()
    sys.argv = [path] + ([path + ".saved"] if format == "onnx" else [])
    ok = False
    try:
        with contextlib.redirect_stdout(said):
            names = runpy.run_path(path, run_name="__main__")
        if format == "pytorch":
            torch_works(names)
        ok = ": ok, " in said.getvalue() and all(map(os.path.exists, sys.argv))
    except BaseException:
        said.write(traceback.format_exc())
    print(f"{'ok' if ok else 'not ok'} - {format}: {command.rstrip()}")
    if not ok:
        print("".join("# " + line + "\n" for line in said.getvalue().splitlines()), end="")
EOF

cat >"$work/read.py" <<'EOF'
import sys
for path in sys.argv[1:]:
    compile(open(path, encoding="utf-8").read(), path, "exec")
EOF

has() { # python, modules
    "$1" -c "import $2" 2>/dev/null
}

for pair in pytorch:torch jax:jax keras:keras,numpy onnx:onnx,onnx.parser,numpy; do
    format=${pair%%:*}
    modules=${pair#*:}
    python=
    for candidate in python3 /usr/bin/python3; do
        if has "$candidate" sys && [ -z "$python" ]; then python=$candidate; fi
        if has "$candidate" "$modules"; then
            python=$candidate
            break
        fi
    done
    if [ -z "$python" ]; then
        n=$((n + 1))
        echo "ok $n - $format # SKIP no Python here"
    elif has "$python" "$modules"; then
        "$python" "$work/run.py" "$format" "$work/commands" >"$work/points" 2>"$work/said"
        status=$?
        sed "s/\(ok\) - /\1 N - /" "$work/points" | awk -v n=$n '
            / N - / { sub(/ N - /, " " ++n " - ") } { print }'
        n=$((n + $(grep -c 'ok - ' "$work/points")))
        [ "$(grep -c 'ok - ' "$work/points")" -eq "$k" ] || status=1
        point $status "$format: all were run" "$work/said"
    else
        "$python" "$work/read.py" "$work"/*."$format".py >"$work/said" 2>&1
        point $? "$format: it is Python" "$work/said"
        n=$((n + 1))
        echo "ok $n - $format # SKIP no Python has $modules here"
    fi
done
echo "1..$n"

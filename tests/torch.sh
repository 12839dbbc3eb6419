#!/bin/sh
# Simulations have the distribution that PyTorch's own layers have. TAP.
set -u
skip() {
    echo "1..0 # SKIP $1"
    exit 0
}
program=$BUILDDIR/selfnorm
[ -x "$program" ] || skip "the program is not built"
for python in python3 /usr/bin/python3; do
    if "$python" -c 'import torch' 2>/dev/null; then
        exec env OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 \
            "$python" "$SRCDIR/tests/peers/pytorch.py" "$program"
    fi
done
skip "PyTorch is not installed (Debian: python3-torch)"

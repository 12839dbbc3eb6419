"""pytorch.py WIDTH SAMPLES DEPTH REPLICAS [WAY]: what a careful PyTorch user would write for the
simulations of simulate.c, in nanoseconds. Without WAY: the name of the fastest way at that shape.

Everything is in place: weights drawn into one buffer, the product and SELU into another, no graph.
Nothing waits for a moment: they are kept as tensors. A way is WORKERS-MOMENTS:

    one          one thread
    two          two threads within each operation
    batch        two replicas at a time as a batch, two threads within each operation
    apart        two threads of Python, each with its own replicas and generator

    var_mean     moments by torch.var_mean
    sums         by the sum and the product of the values with themselves: cheaper, less exact

Prints "missing" where PyTorch is not installed.
"""
import os
import subprocess
import sys
import threading
import time

WORKERS = {"one": 1, "two": 2, "batch": 2, "apart": 1}  # threads within an operation
MOMENTS = ("sums", "var_mean")


def fastest(width, samples, depth, replicas):
    """Tries every way on a part of the work, at most 2^28 weights."""
    depth = min(depth, 16)
    replicas = max(2, min(replicas, (1 << 28) // (width * width * depth)))
    if width >= 4096:
        depth = 4
    shape = [str(n) for n in (width, samples, depth, replicas // 2 * 2)]

    def took(way):
        return float(subprocess.check_output([sys.executable, __file__, *shape, way]))

    moments = min(MOMENTS, key=lambda m: took("one-" + m))
    return min(WORKERS, key=lambda w: took(w + "-" + moments)) + "-" + moments


def moments_of(torch, values, name):
    """Of each row of a matrix."""
    if name == "var_mean":
        return torch.var_mean(values, 1, unbiased=False)
    if len(values) == 1:
        row = values[0]
        return row.sum(), torch.dot(row, row)
    return values.sum(1), torch.linalg.vector_norm(values, dim=1)


def propagate(torch, shape, replicas, batch, moments, seed):
    width, samples, depth = shape
    generator = torch.Generator().manual_seed(seed)
    weights = torch.empty(batch, width, width)
    x, z = torch.empty(batch, width, samples), torch.empty(batch, width, samples)
    observed = []
    with torch.no_grad():
        for _ in range(replicas // batch):
            x.normal_(generator=generator)
            for _ in range(depth):
                weights.normal_(0, width ** -0.5, generator=generator)
                if batch == 1:
                    torch.mm(weights[0], x[0], out=z[0])
                else:
                    torch.bmm(weights, x, out=z)
                observed.append(moments_of(torch, z.view(batch, -1), moments))
                torch.selu_(z)
                observed.append(moments_of(torch, z.view(batch, -1), moments))
                x, z = z, x
    return observed


def run(torch, shape, replicas, way):
    workers, moments = way.split("-")
    torch.set_num_threads(WORKERS[workers])
    if workers != "apart":
        propagate(torch, shape, replicas, 2 if workers == "batch" else 1, moments, 1)
        return

    def half(seed):
        torch.set_num_threads(1)
        propagate(torch, shape, replicas // 2, 1, moments, seed)

    halves = [threading.Thread(target=half, args=(seed,)) for seed in (1, 2)]
    for t in halves:
        t.start()
    for t in halves:
        t.join()


def main():
    numbers = [int(n) for n in sys.argv[1:5]]
    if len(sys.argv) == 6:  # before OpenBLAS is loaded: it reads its threads but once
        os.environ["OPENBLAS_NUM_THREADS"] = str(WORKERS[sys.argv[5].split("-")[0]])
        os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"]
    try:
        import torch
    except ImportError:
        print("missing")
        return
    if len(sys.argv) == 5:
        print(fastest(*numbers))
        return
    run(torch, (16, 16, 2), 2, sys.argv[5])  # what is set up once
    began = time.perf_counter()
    run(torch, numbers[:3], numbers[3], sys.argv[5])
    print("%.0f" % ((time.perf_counter() - began) * 1e9))


main()

#!/usr/bin/env python3
"""Prints finite_width_reference.inc: narrow random networks, measured.

    python3 tests/unit/finite_width_reference.py > tests/unit/finite_width_reference.inc    (needs numpy)

Draws the weights and biases of each replica, sends B samples through, and takes mean, second moment
and variance over all neurons and samples of a layer; then their averages and variances over the
replicas, with standard errors. Nothing is shared with the C code, and nothing expanded in 1/n.
"""
import sys
import numpy as np

ALPHA, LAMBDA = 1.6732632423543772, 1.0507009873554805
F = {
    'linear': lambda z: z,
    'relu': lambda z: np.maximum(z, 0),
    'tanh': np.tanh,
    'selu': lambda z: LAMBDA * np.where(z > 0, z, ALPHA * np.expm1(np.minimum(z, 0))),
}
# activation, rows, law, n, omega, tau, bias mean, bias variance, input mean, variance, c, B, replicas
CASES = [
    ('selu', 'IID', 'normal', 32, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1, 120000),
    ('selu', 'IID', 'uniform', 24, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.3, 8, 60000),
    ('relu', 'IID', 'uniform', 40, 0.0, 2.0, 0.0, 0.0, 0.0, 1.0, 0.0, 2, 60000),
    ('tanh', 'IID', 'normal', 20, 0.6, 1.4, 0.1, 0.05, 0.3, 0.8, 0.2, 2, 120000),
    ('tanh', 'IID', 'uniform', 64, -0.3, 1.9, 0.0, 0.2, 0.0, 1.0, 0.5, 8, 20000),
    ('selu', 'EXACT', 'normal', 24, 0.0, 1.0, 0.0, 0.0, 0.2, 1.3, 0.0, 1, 120000),
    ('selu', 'EXACT', 'normal', 32, 0.4, 1.1, 0.0, 0.0, 0.0, 1.0, 0.4, 8, 40000),
    ('relu', 'EXACT', 'normal', 20, 0.7, 1.6, -0.1, 0.1, 0.5, 0.7, 0.0, 2, 120000),
    ('selu', 'ORTHOGONAL', 'normal', 24, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.3, 2, 20000),
    ('tanh', 'ORTHOGONAL', 'normal', 32, 0.0, 1.5, 0.1, 0.1, 0.0, 1.0, 0.0, 1, 20000),
    ('selu', 'IID', 'normal', 64, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 32, 8000),
]
DEPTHS = (1, 4, 16)
rng = np.random.default_rng(20170608)

def variates(law, shape):
    if law == 'uniform':
        return (rng.random(shape, dtype=np.float32) * 2 - 1) * np.float32(np.sqrt(3))
    return rng.standard_normal(shape, dtype=np.float32)

def weights(rows, law, r, n, omega, tau):
    u = variates(law, (r, n, n))
    if rows == 'IID':
        return omega / n + np.sqrt(tau / n) * u
    if rows == 'EXACT':
        u = u - u.mean(axis=2, keepdims=True)
        return omega / n + np.sqrt((tau - omega**2 / n) / (u * u).sum(axis=2, keepdims=True)) * u
    q, t = np.linalg.qr(u.astype(np.float64))
    return np.sqrt(tau) * q * np.sign(np.diagonal(t, axis1=1, axis2=2))[:, None, :]

def measure(a):
    m = a.mean(axis=(1, 2))
    s = (a * a).mean(axis=(1, 2))
    return np.stack([m, s, s - m * m])

def run(case):
    f, rows, law, n, omega, tau, bm, bv, im, iv, c, B, R = case
    out = {d: [] for d in DEPTHS}
    done = 0
    while done < R:
        r = min(2000, R - done)
        x = im + np.sqrt(iv) * (np.sqrt(c) * rng.standard_normal((r, n, 1))
                                + np.sqrt(1 - c) * rng.standard_normal((r, n, B)))
        for layer in range(1, max(DEPTHS) + 1):
            z = np.matmul(weights(rows, law, r, n, omega, tau).astype(np.float64), x)
            z += bm + np.sqrt(bv) * rng.standard_normal((r, n, 1))
            x = F[f](z)
            if layer in DEPTHS:
                out[layer].append(np.concatenate([measure(x), measure(z)]))
        done += r
    for depth in DEPTHS:
        v = np.concatenate(out[depth], axis=1)
        mean, var = v.mean(axis=1), v.var(axis=1, ddof=1)
        k = ((v - mean[:, None])**4).mean(axis=1)
        se, var_se = np.sqrt(var / R), np.sqrt(np.maximum(k - var**2, 0) / R)
        print('{"%s", SN_ROWS_%s, %r, %d, %r, %r, %r, %r, %r, %r, %r, %d, %d,' %
              (f, rows, -1.2 if law == 'uniform' else 0.0, n, omega, tau, bm, bv, im, iv, c, B, depth))
        pick = [(mean[i], se[i]) for i in (0, 1, 2, 3, 5)] + [(var[i], var_se[i]) for i in (0, 2, 3, 5)]
        print(' {%s}},' % ', '.join('{%.8g, %.2g}' % p for p in pick))
        sys.stdout.flush()

print('/* Printed by finite_width_reference.py, which says how. Columns: activation, rows, excess kurtosis,')
print(' * n, omega, tau, bias mean, bias variance, input mean, input variance, c, B, depth; then, each with')
print(' * its standard error, the averages of mean, second moment and variance, of the pre-activation\'s')
print(' * mean and variance, and the variances of mean, variance, and those of the pre-activation. */')
print('/* clang-format off */')
for case in CASES:
    run(case)
print('/* clang-format on */')

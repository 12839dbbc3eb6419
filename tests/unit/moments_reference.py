#!/usr/bin/env python3
"""Prints moments_reference.inc: moments of activations under N(x, y) to 30 digits.

    python3 tests/unit/moments_reference.py > tests/unit/moments_reference.inc     (needs mpmath)

Nothing here is shared with the C code: composite 44-point Gauss-Legendre in 60 digits and more on
fixed panels, f and f' by their formulas in arbitrary precision, f(z) - f(x) by subtraction in as many
digits as that costs. Every row is computed again with 60 points and must agree to 33 digits.
"""
import sys
from mpmath import (mp, mpf, sqrt, exp, log, tanh, cosh, erf, erfc, pi, sin, cos, log1p, nstr,
                    expm1)

# name: (f, f', kinks)
def sigmoid(z): return 1 / (1 + exp(-z))
def phi(z): return exp(-z * z / 2) / sqrt(2 * pi)
def Phi(z): return erfc(-z / sqrt(mpf(2))) / 2
def gelu_tanh_inner(z): return sqrt(2 / pi) * (z + mpf('0.044715') * z**3)
def gelu_tanh(z):
    return z * sigmoid(2 * gelu_tanh_inner(z))
def gelu_tanh_slope(z):
    g = sigmoid(2 * gelu_tanh_inner(z))
    gm = sigmoid(-2 * gelu_tanh_inner(z))
    return g + z * g * gm * 2 * sqrt(2 / pi) * (1 + 3 * mpf('0.044715') * z * z)
def mish(z):
    w = exp(z)
    return z * w * (w + 2) / (w * w + 2 * w + 2)
def mish_slope(z):
    w = exp(z)
    d = w * w + 2 * w + 2
    return w * (w + 2) / d + z * 4 * w * (w + 1) / d**2
ALPHA = mpf('1.6732632423543772848170429916717')
LAMBDA = mpf('1.0507009873554804934193349852946')

ACTIVATIONS = {
    'relu': (lambda z: z if z > 0 else mpf(0), lambda z: mpf(1 if z > 0 else 0), [0]),
    'relu6': (lambda z: min(max(0, z), mpf(6)), lambda z: mpf(1 if 0 < z <= 6 else 0), [0, 6]),
    'elu': (lambda z: z if z > 0 else expm1(z), lambda z: mpf(1) if z > 0 else exp(z), [0]),
    'selu': (lambda z: LAMBDA * (z if z > 0 else ALPHA * expm1(z)),
             lambda z: LAMBDA * (1 if z > 0 else ALPHA * exp(z)), [0]),
    'sigmoid': (sigmoid, lambda z: sigmoid(z) * sigmoid(-z), []),
    'tanh': (tanh, lambda z: 1 / cosh(z)**2, []),
    'erf': (erf, lambda z: 2 / sqrt(pi) * exp(-z * z), []),
    'softplus': (lambda z: log1p(exp(-abs(z))) + max(z, mpf(0)), sigmoid, []),
    'softsign': (lambda z: z / (1 + abs(z)), lambda z: 1 / (1 + abs(z))**2, [0]),
    'silu': (lambda z: z * sigmoid(z), lambda z: sigmoid(z) * (1 + z * sigmoid(-z)), []),
    'gelu': (lambda z: z * Phi(z), lambda z: Phi(z) + z * phi(z), []),
    'gelu_tanh': (gelu_tanh, gelu_tanh_slope, []),
    'mish': (mish, mish_slope, []),
    'hardswish': (lambda z: z * min(max(0, z + 3), mpf(6)) / 6,
                  lambda z: mpf(0) if z <= -3 else mpf(1) if z > 3 else (2 * z + 3) / 6, [-3, 3]),
    'sin': (sin, cos, []),
}

# The doubles themselves are the arguments, not the decimals.
CASES = [
    # moderate
    ('sigmoid', 0.3, 1.2), ('tanh', 0.3, 1.2), ('erf', -0.7, 0.45), ('softplus', 1.1, 2.385),
    ('softsign', -0.237, 1.7), ('silu', 0.618, 0.91), ('gelu', -0.55, 1.31), ('gelu_tanh', -0.55, 1.31),
    ('mish', 0.129, 3.14), ('hardswish', 0.77, 2.6), ('sin', 0.41, 0.83), ('relu', -0.37, 1.49),
    ('selu', 0.21, 0.87), ('relu6', 2.9, 5.3), ('elu', -0.66, 1.93), ('tanh', -2.385, 7.77),
    # tiny variance: f is a constant to rounding
    ('tanh', 0.3, 1e-12), ('sigmoid', -1.7, 1e-12), ('softsign', 1e-7, 1e-12), ('silu', 3.3, 3.7e-11),
    ('gelu', 0.91, 1e-12), ('mish', -4.2, 2.2e-9), ('sin', 1.5707, 1e-12), ('softplus', 5.1, 1e-10),
    ('erf', 1.9, 1e-12), ('gelu_tanh', -2.2, 1e-8), ('hardswish', 3.0000013, 1e-12),
    ('relu6', 6.0000007, 1e-12), ('selu', -1.3e-7, 1e-12), ('silu', -1.2784645427610738, 1e-12),
    # saturation: f' is tiny, 1 - f too
    ('sigmoid', 30.0, 1.0), ('sigmoid', 30.0, 1e-12), ('tanh', 20.0, 1.0), ('tanh', -19.3, 0.037),
    ('erf', 5.7, 0.5), ('erf', -8.3, 0.09), ('sigmoid', -37.7, 4.1), ('softplus', -42.0, 2.2),
    ('softsign', 913.0, 2.5), ('tanh', 150.5, 1e-6), ('sigmoid', 300.25, 1e-12),
    # tails: what matters is many deviations away
    ('silu', -300.0, 100.0), ('mish', -250.0, 77.7), ('gelu', -30.0, 1.0), ('gelu_tanh', -12.5, 1.9),
    ('relu', -15.0, 1.0), ('relu', -35.5, 1.0), ('hardswish', -21.7, 1.1), ('relu6', 40.0, 2.2),
    ('softplus', -500.0, 900.0), ('sigmoid', -620.0, 350.0), ('tanh', 77.7, 16.0),
    ('selu', -55.5, 9.9), ('elu', 13.7, 0.21), ('relu6', -30.3, 0.77),
    # huge variance, features near the origin
    ('tanh', 0.3, 1e6), ('sigmoid', -7.5, 1e6), ('softsign', 12.0, 1e6), ('silu', 300.0, 1e6),
    ('gelu', -1000.0, 1e6), ('mish', 41.0, 3.3e5), ('erf', 900.0, 1e6), ('hardswish', -77.0, 9.9e5),
    ('softplus', -1000.0, 1e6), ('gelu_tanh', 5.5, 1e6), ('sin', 1.0, 400.0), ('relu6', -2500.0, 1e6),
    ('tanh', 1000.0, 90000.0), ('sigmoid', 1000.0, 4e4), ('sin', -999.3, 2.0), ('elu', -1000.0, 1e5),
    ('selu', 7.7, 1e6), ('softsign', -1000.0, 1e-12),
]

rules = {}
def rule(n):
    """Nodes and weights on [-1, 1], with 400 digits."""
    if n not in rules:
        with mp.workdps(420):
            nodes = []
            for i in range(n):
                u = mp.cos(mp.pi * (i + mpf(3) / 4) / (n + mpf(1) / 2))
                for _ in range(12):
                    p0, p1 = mpf(1), u
                    for k in range(2, n + 1):
                        p0, p1 = p1, ((2 * k - 1) * u * p1 - (k - 1) * p0) / k
                    slope = n * (p0 - u * p1) / (1 - u * u)
                    u -= p1 / slope
                nodes.append((u, 2 / ((1 - u * u) * slope**2)))
            rules[n] = nodes
    return rules[n]

def edges(x, s, kinks):
    """In t: no wider than 1 there, nor than 1 in z near the origin and the kinks."""
    anchors = [(mpf(k) - x) / s for k in set(kinks) | {0}]
    limit = mpf(52)
    marks = sorted({-limit, mpf(0), limit} | {a for a in anchors if abs(a) < limit})
    out = [marks[0]]
    for lower, upper in zip(marks, marks[1:]):
        t = lower
        while t < upper:
            distance = min(abs(a - t) for a in anchors)
            ahead = min([a - t for a in anchors if a > t] or [limit])
            width = min(mpf(1), max(1 / s, min(distance / 2 if distance > 0 else 1 / s, ahead / 2)))
            t = upper if t + width * mpf('1.01') >= upper else t + width
            out.append(t)
    return out

def moments(f, slope, kinks, x, y, n):
    s = sqrt(y)
    at_x = f(x)
    weight = mean = slope1 = slope2 = slope_t = second = cross = cross_t = mpf(0)
    e = edges(x, s, kinks)
    for a, b in zip(e, e[1:]):
        half, middle = (b - a) / 2, (a + b) / 2
        for u, w in rule(n):
            t = middle + half * u
            z = x + s * t
            wt = half * w * phi(t)
            d, g = f(z) - at_x, slope(z)
            weight += wt
            mean += wt * d
            second += wt * d * d
            slope1 += wt * g
            slope2 += wt * g * g
            slope_t += wt * g * t
            cross += wt * d * g
            cross_t += wt * d * g * t
    assert abs(weight - 1) < mpf(10)**-45, weight
    variance = second - mean**2
    return [at_x + mean, variance + (at_x + mean)**2, variance, slope1, slope_t / (2 * s),
            2 * (cross - mean * slope1), (cross_t - mean * slope_t) / s, slope2]

def sine_moments(x, y):
    """In closed form: the panels above would be too many."""
    e1, e2 = exp(-y / 2), exp(-2 * y)
    mean, second = sin(x) * e1, (1 - cos(2 * x) * e2) / 2
    dm_dx, dm_dy = cos(x) * e1, -mean / 2
    ds_dx, ds_dy = sin(2 * x) * e2, cos(2 * x) * e2
    return [mean, second, second - mean**2, dm_dx, dm_dy, ds_dx - 2 * mean * dm_dx,
            ds_dy - 2 * mean * dm_dy, (1 + cos(2 * x) * e2) / 2]

def reference(name, x, y):
    f, slope, kinks = ACTIVATIONS[name]
    mp.dps = 60
    # A rough variance says how many digits the subtractions of f cost.
    rough = y * slope(x)**2 + mpf(10)**-320
    loss = max(0, int(mp.log10(f(x)**2 / rough + 1))) if f(x) else 0
    mp.dps = 60 + loss + (20 if y < 1e-3 else 0)
    if name == 'sin':
        return sine_moments(mpf(x), mpf(y))
    coarse = moments(f, slope, kinks, mpf(x), mpf(y), 44)
    fine = moments(f, slope, kinks, mpf(x), mpf(y), 60)
    for a, b in zip(coarse, fine):
        assert abs(a - b) <= mpf(10)**-33 * abs(b) or abs(b) < mpf(10)**-40 * abs(fine[7]), \
            (name, x, y, a, b)
    return fine

def number(v):
    with mp.workdps(40):
        return nstr(v, 30, strip_zeros=False)

def main():
    print('/* Printed by moments_reference.py, which says how. Columns: activation, x, y, mean, second,')
    print(' * variance, dmean_dx, dmean_dy, dvariance_dx, dvariance_dy, slope_second. */')
    print('/* clang-format off */')
    for name, x, y in CASES:
        row = reference(name, x, y)
        print('{"%s", %r, %r,' % (name, x, y))
        print(' ' + ',\n '.join(', '.join(number(v) for v in row[i:i + 2]) for i in range(0, 8, 2)) + '},')
        sys.stdout.flush()
    print('/* clang-format on */')

main()

#!/usr/bin/env python3
"""Prints law_reference.inc: moments of activations under laws that are not normal, to 30 digits.

    python3 tests/unit/law_reference.py > tests/unit/law_reference.inc     (needs mpmath)

Nothing here is shared with the C code: composite 40-point Gauss-Legendre in 60 digits and more, f and
f' by their formulas in arbitrary precision, f(z) - f(x) by subtraction in as many digits as that costs.
The tail of Student's t is integrated in log t, to where the square of t has lost 60 digits, which for
2.001 degrees of freedom is t = 10^60000. Every row is computed again with 54 points and must agree to 33
digits. The sine is printed from the laws' characteristic functions, and sums are added up.
"""
import sys
from mpmath import (mp, mpf, mpc, sqrt, exp, log, tanh, cosh, erf, erfc, pi, sin, cos, sinh, log1p, nstr, expm1,
                    binomial, diff, inf)

BIG = 20000   # beyond, e^-z is 0 in any precision used here
def E(z): return mpf(0) if z < -BIG else exp(z)
def sigmoid(z): return 1 / (1 + E(-z)) if z >= 0 else E(z) / (1 + E(z))
def phi(z): return E(-z * z / 2) / sqrt(2 * pi)
def Phi(z):
    if abs(z) > BIG: return mpf(1 if z > 0 else 0)
    return erfc(-z / sqrt(mpf(2))) / 2
def th(z): return mpf(1 if z > 0 else -1) if abs(z) > BIG else tanh(z)
def inner(z): return sqrt(2 / pi) * (z + mpf('0.044715') * z**3)
def gelu_tanh_slope(z):
    g, gm = sigmoid(2 * inner(z)), sigmoid(-2 * inner(z))
    return g + z * g * gm * 2 * sqrt(2 / pi) * (1 + 3 * mpf('0.044715') * z * z)
def mish_slope(z):
    w = E(-abs(z))
    d = w * w + 2 * w + 2 if z < 0 else 1 + 2 * w + 2 * w * w
    return w * (w + 2) / d + z * 4 * w * (w + 1) / d**2 if z < 0 else (1 + 2 * w) / d + z * 4 * w * w * (1 + w) / d**2
def mish(z):
    w = E(-abs(z))
    return z * w * (w + 2) / (w * w + 2 * w + 2) if z < 0 else z * (1 + 2 * w) / (1 + 2 * w + 2 * w * w)
ALPHA = mpf('1.6732632423543772848170429916717')
LAMBDA = mpf('1.0507009873554804934193349852946')
def down(z): return mpf(-1) if z < -BIG else expm1(z)

ACTIVATIONS = {
    'linear': (lambda z: z, lambda z: mpf(1), []),
    'relu': (lambda z: z if z > 0 else mpf(0), lambda z: mpf(1 if z > 0 else 0), [0]),
    'leaky_relu': (lambda z: z if z > 0 else mpf(0.01) * z, lambda z: mpf(1 if z > 0 else 0.01), [0]),
    'relu6': (lambda z: min(max(mpf(0), z), mpf(6)), lambda z: mpf(1 if 0 < z <= 6 else 0), [0, 6]),
    'elu': (lambda z: z if z > 0 else down(z), lambda z: mpf(1) if z > 0 else E(z), [0]),
    'celu': (lambda z: z if z > 0 else down(z), lambda z: mpf(1) if z > 0 else E(z), [0]),
    'selu': (lambda z: LAMBDA * (z if z > 0 else ALPHA * down(z)), lambda z: LAMBDA * (1 if z > 0 else ALPHA * E(z)), [0]),
    'sigmoid': (sigmoid, lambda z: sigmoid(z) * sigmoid(-z), []),
    'tanh': (th, lambda z: 4 * sigmoid(2 * z) * sigmoid(-2 * z), []),
    'erf': (lambda z: mpf(1 if z > 0 else -1) if abs(z) > BIG else erf(z), lambda z: 2 / sqrt(pi) * E(-z * z), []),
    'softplus': (lambda z: log1p(E(-abs(z))) + max(z, mpf(0)), sigmoid, []),
    'softsign': (lambda z: z / (1 + abs(z)), lambda z: 1 / (1 + abs(z))**2, [0]),
    'silu': (lambda z: z * sigmoid(z), lambda z: sigmoid(z) * (1 + z * sigmoid(-z)), []),
    'gelu': (lambda z: z * Phi(z), lambda z: Phi(z) + z * phi(z), []),
    'gelu_tanh': (lambda z: z * sigmoid(2 * inner(z)), gelu_tanh_slope, []),
    'mish': (mish, mish_slope, []),
    'hardswish': (lambda z: z * min(max(mpf(0), z + 3), mpf(6)) / 6,
                  lambda z: mpf(0) if z <= -3 else mpf(1) if z > 3 else (2 * z + 3) / 6, [-3, 3]),
    'hardtanh': (lambda z: min(max(z, mpf(-1)), mpf(1)), lambda z: mpf(1 if -1 < z <= 1 else 0), [-1, 1]),
    'hardsigmoid': (lambda z: min(max(z + 3, mpf(0)), mpf(6)) / 6, lambda z: mpf(1) / 6 if -3 < z <= 3 else mpf(0), [-3, 3]),
    'sin': (sin, cos, []),
}

# Edges and weights; test_law.c has the same.
HISTOGRAMS = [
    ([-2.385, -1.1, -0.2, 0.0, 0.9, 3.3], [0.7, 1.9, 2.2, 1.3, 0.4]),
    ([10.0, 11.5, 12.25, 20.0, 21.0, 22.7], [3.0, 1.0, 0.0, 2.0, 5.0]),
    ([-1e4, -1.0, 0.0, 1.0, 3e4], [1e-9, 1.0, 2.0, 1e-12]),
]

N, T, U, L, G, S, B, H = ('SN_LAW_NORMAL', 'SN_LAW_TRUNCATED_NORMAL', 'SN_LAW_UNIFORM', 'SN_LAW_LAPLACE', 'SN_LAW_LOGISTIC',
                          'SN_LAW_STUDENT_T', 'SN_LAW_BERNOULLI', 'SN_LAW_HISTOGRAM')
# The doubles themselves are the arguments, not the decimals.
CASES = [
    (T, 2, 'tanh', 0.3, 1.2), (T, 0.001, 'relu', 0.11, 0.7), (T, 38, 'silu', -0.4, 2.3), (T, 1.3, 'selu', 0.2, 1e-6),
    (T, 4.7, 'gelu', -7.7, 1.0), (T, 0.31, 'softsign', 12.0, 1e4), (T, 2, 'relu6', 6.1, 0.04), (T, 2.9, 'hardswish', -3.0, 1.9),
    (T, 8.3, 'sigmoid', -30.0, 9.0),
    (U, 0, 'relu', 0.0, 1.0), (U, 0, 'tanh', 0.7, 1e4), (U, 0, 'erf', 1.9, 1e-6), (U, 0, 'softplus', -20.0, 4.0),
    (U, 0, 'mish', 0.129, 3.14), (U, 0, 'sin', 0.41, 0.83), (U, 0, 'sin', -1.1, 1e4), (U, 0, 'hardtanh', 0.9, 0.6),
    (U, 0, 'leaky_relu', -1.0, 0.5), (U, 0, 'elu', 3.0, 3.0000001), (U, 0, 'softsign', 1e-7, 1e-6),
    (L, 0, 'relu', -0.37, 1.49), (L, 0, 'selu', 0.21, 0.87), (L, 0, 'tanh', 0.0, 1.0), (L, 0, 'silu', -300.0, 100.0),
    (L, 0, 'gelu', 3.3, 1e-6), (L, 0, 'softsign', -5.0, 1e4), (L, 0, 'sin', 0.41, 0.83), (L, 0, 'sin', 1.1, 2500.0),
    (L, 0, 'relu6', -10.0, 1.0), (L, 0, 'sigmoid', 100.0, 100.0), (L, 0, 'softplus', -40.0, 0.3), (L, 0, 'linear', 2.385, 1e-6),
    (L, 0, 'gelu_tanh', -55.0, 30.1),
    (G, 0, 'tanh', 0.3, 1.2), (G, 0, 'relu', 0.0, 2.385), (G, 0, 'mish', -4.2, 1e-6), (G, 0, 'erf', 40.0, 1e4),
    (G, 0, 'celu', -0.66, 1.93), (G, 0, 'gelu', -30.0, 9.0), (G, 0, 'sin', 0.7, 3.1), (G, 0, 'hardsigmoid', -3.7, 5.3),
    (G, 0, 'softplus', -1000.0, 1e4), (G, 0, 'silu', 0.618, 0.91),
    (S, 5, 'relu', 0.0, 1.0), (S, 5, 'tanh', 0.3, 1.2), (S, 5, 'selu', 0.21, 0.87), (S, 2.001, 'relu', 0.1, 1.3),
    (S, 2.001, 'linear', -0.7, 1.0), (S, 2.001, 'softplus', 1.1, 2.385), (S, 2.001, 'tanh', 0.3, 1.2), (S, 2.1, 'silu', -3.0, 1e-6),
    (S, 3, 'gelu', -0.55, 1e4), (S, 3, 'sin', 0.41, 0.83), (S, 5, 'sin', -1.7, 25.0), (S, 2.5, 'softsign', -0.237, 1e4),
    (S, 4, 'mish', 0.129, 3.14), (S, 1e6, 'relu6', 2.9, 5.3), (S, 1e6, 'gelu', -8.0, 1.0), (S, 30, 'elu', -66.0, 43.56),
    (S, 7.3, 'hardtanh', 10.0, 1.0), (S, 5, 'silu', -10.0, 1e-6), (S, 2.3, 'erf', 5.7, 0.5), (S, 3, 'sigmoid', -620.0, 350.0),
    (S, 2.7, 'hardswish', 3.0000013, 1e-6), (S, 120.0, 'leaky_relu', 0.6, 1.7), (S, 2.001, 'selu', -100.0, 100.0),
    (B, 1, 'tanh', 0.3, 1.2), (B, 2, 'relu', 0.0, 1.0), (B, 9, 'selu', 0.21, 0.87), (B, 9, 'tanh', 3.1, 1e-6),
    (B, 16, 'sigmoid', -30.0, 1e-6), (B, 1, 'tanh', 100.0, 10201.0), (B, 1000, 'gelu', -0.55, 1.31), (B, 1000, 'silu', -4.0, 1e-6),
    (B, 3, 'softsign', 12.0, 1e4), (B, 64, 'hardswish', 3.0000013, 1e-6), (B, 7, 'linear', 2.0, 3.0), (B, 9, 'relu6', 6.05, 1e-4),
    (B, 100000, 'mish', 0.129, 3.14), (B, 99999, 'softplus', 5.1, 1e-6),
    (H, 0, 'tanh', 0.3, 1.2), (H, 0, 'relu', 0.0, 2.385), (H, 0, 'gelu', 3.1, 1e-6), (H, 1, 'selu', 0.21, 0.87), (H, 1, 'tanh', 0.1, 90.0),
    (H, 1, 'softsign', -77.0, 61.0), (H, 1, 'relu6', 1.3, 7.0), (H, 1, 'sigmoid', -1.7, 1e-6), (H, 2, 'silu', -0.2, 1.3),
    (H, 2, 'tanh', 0.4, 1e-6), (H, 2, 'relu', -0.01, 1e-4), (H, 2, 'mish', 2.0, 1e4),
]

class Law:
    """A density in standardised t: pieces [(from, to, density)], and where a tail in log t starts and ends."""
    def __init__(self, kind, p):
        self.kind, self.p = kind, p
        if kind == T:
            c = mpf(p)
            v = sqrt(1 - 2 * c * phi(c) / (2 * Phi(c) - 1))
            self.pieces = [(-c / v, c / v, lambda t: exp(-(v * t)**2 / 2))]
        elif kind == U:
            self.pieces = [(-sqrt(mpf(3)), sqrt(mpf(3)), lambda t: mpf(1))]
        elif kind == L:
            self.pieces = [(-mpf(330), mpf(0), lambda t: exp(sqrt(mpf(2)) * t)), (mpf(0), mpf(330), lambda t: exp(-sqrt(mpf(2)) * t))]
        elif kind == G:
            self.pieces = [(-mpf(330), mpf(330), lambda t: 1 / cosh(pi * t / (2 * sqrt(mpf(3))))**2)]
        elif kind == S:
            n = mpf(p)
            w = lambda t: exp(-(n + 1) / 2 * log1p(t * t / (n - 2)))
            self.pieces, self.degrees, self.density = [(-inf, inf, w)], n, w
        elif kind == H:
            edges, weights = [[mpf(v) for v in row] for row in HISTOGRAMS[p]]
            total = sum(weights)
            mean = sum(w * (a + b) / 2 for a, b, w in zip(edges, edges[1:], weights)) / total
            var = sum(w * (((a + b) / 2 - mean)**2 + (b - a)**2 / 12) for a, b, w in zip(edges, edges[1:], weights)) / total
            std = lambda v: (v - mean) / sqrt(var)
            self.pieces = [(std(a), std(b), lambda t, level=w / (b - a): level)
                           for a, b, w in zip(edges, edges[1:], weights) if w > 0]
    def widest(self, t):
        if self.kind == S:
            q = sqrt(self.degrees - 2 + t * t)
            return min(q / 2, 2 * q / sqrt(self.degrees + 1))
        if self.kind == H: return mpf(10)**9
        if self.kind == T: return mpf(2) if self.p < 3 else mpf(1)
        return mpf(1)

rules = {}
def rule(n):
    if n not in rules:
        with mp.workdps(400):
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

def panels(lower, upper, law, x, s, kinks):
    """Edges in t between two points, graded towards z = 0, the kinks and t = 0."""
    anchors = [(mpf(k) - x) / s for k in set(kinks) | {0}]
    marks = sorted({lower, upper} | {a for a in anchors + [mpf(0)] if lower < a < upper})
    out = [marks[0]]
    for a, b in zip(marks, marks[1:]):
        t = a
        while t < b:
            near = min(abs(v - t) for v in anchors)
            ahead = min([v - t for v in anchors if v > t] or [inf])
            step = min(law.widest(t), max(1 / s, min(near / 2 if near > 0 else 1 / s, ahead / 2)))
            if t < 0: step = min(step, max(law.widest(mpf(0)), -t / 2))
            t = b if t + step * mpf('1.01') >= b else t + step
            out.append(t)
    return out

def nodes(law, x, s, kinks, n):
    """t and weight times density."""
    extent = max([abs((mpf(k) - x) / s) for k in set(kinks) | {0}] + [1 / s, mpf(10)])
    for a, b, density in law.pieces:
        if law.kind == S:
            a, b = -4000 * extent, 4000 * extent
        elif law.kind in (L, G):
            a, b = max(a, -330), min(b, 330)
        edges = panels(a, b, law, x, s, kinks)
        for lower, upper in zip(edges, edges[1:]):
            half, middle = (upper - lower) / 2, (upper + lower) / 2
            for u, w in rule(n):
                t = middle + half * u
                yield t, half * w * density(t)
    if law.kind == S:
        # In v = log t: the density falls like e^-(n v), squares of t grow like e^2v.
        v, end, width = log(4000 * extent), log(4000 * extent) + 150 / (law.degrees - 2), mpf(1) / (law.degrees + 1)
        while v < end:
            for u, w in rule(n):
                t = exp(v + width / 2 * (1 + u))
                wt = width / 2 * w * t * law.density(t)
                yield t, wt
                yield -t, wt
            v += width
            width *= mpf('1.5')
            width = min(width, 8 / (law.degrees - 2))

def atoms(n, x, s):
    for k in range(n + 1):
        t = (2 * k - n) / sqrt(mpf(n))
        if abs(t) < 16:
            yield t, binomial(n, k) / mpf(2)**n

def sums(points, f, slope, x, s):
    at_x = f(x)
    weight = mean = g1 = g2 = gt = second = cross = cross_t = mpf(0)
    for t, w in points:
        z = x + s * t
        d, g = f(z) - at_x, slope(z)
        weight += w
        mean += w * d
        second += w * d * d
        g1 += w * g
        g2 += w * g * g
        gt += w * g * t
        cross += w * d * g
        cross_t += w * d * g * t
    mean, second, g1, g2, gt, cross, cross_t = [v / weight for v in (mean, second, g1, g2, gt, cross, cross_t)]
    variance = second - mean**2
    return [at_x + mean, variance + (at_x + mean)**2, variance, g1, gt / (2 * s), 2 * (cross - mean * g1),
            (cross_t - mean * gt) / s, g2]

def characteristic(kind, p):
    if kind == U: return lambda u: sin(sqrt(mpf(3)) * u) / (sqrt(mpf(3)) * u)
    if kind == L: return lambda u: 1 / (1 + u * u / 2)
    if kind == G: return lambda u: sqrt(mpf(3)) * u / sinh(sqrt(mpf(3)) * u)
    if kind == S and p == 3: return lambda u: exp(-u) * (1 + u)
    if kind == S and p == 5: return lambda u: exp(-sqrt(mpf(3)) * u) * (1 + sqrt(mpf(3)) * u + u * u)

def sine(kind, p, x, y):
    c, s = characteristic(kind, p), sqrt(y)
    with mp.workdps(90):
        c1, c2, d1, d2 = c(s), c(2 * s), diff(c, s), diff(c, 2 * s)
    mean, g1, gt = sin(x) * c1, cos(x) * c1, sin(x) * d1
    second, g2 = (1 - cos(2 * x) * c2) / 2, (1 + cos(2 * x) * c2) / 2
    cross, cross_t = sin(2 * x) * c2 / 2, -cos(2 * x) * d2 / 2
    return [mean, second, second - mean**2, g1, gt / (2 * s), 2 * (cross - mean * g1), (cross_t - mean * gt) / s, g2]

def reference(kind, p, name, x, y):
    f, slope, kinks = ACTIVATIONS[name]
    mp.dps = 60
    rough = mpf(y) * slope(mpf(x))**2 + mpf(10)**-400
    loss = min(400, max(0, int(mp.log10(f(mpf(x))**2 / rough + 1)))) if f(mpf(x)) else 0
    mp.dps = 60 + loss + (20 if y < 1e-3 else 0)
    X, Y = mpf(x), mpf(y)
    if name == 'sin':
        return sine(kind, p, X, Y)
    s = sqrt(Y)
    if kind == B:
        return sums(atoms(p, X, s), f, slope, X, s)
    law = Law(kind, p)
    coarse, fine = [sums(nodes(law, X, s, kinks, n), f, slope, X, s) for n in (40, 54)]
    for a, b in zip(coarse, fine):
        assert abs(a - b) <= mpf(10)**-33 * abs(b) or abs(b) < mpf(10)**-36 * abs(fine[7]), \
            (kind, p, name, x, y, nstr(coarse, 40), nstr(fine, 40))
    return fine

def number(v):
    with mp.workdps(40):
        return nstr(v, 30, strip_zeros=False)

def line(case):
    row = reference(*case)
    kind, p, name, x, y = case
    return '{%s, %r, "%s", %r, %r,\n %s},' % (kind, p, name, x, y,
            ',\n '.join(', '.join(number(v) for v in row[i:i + 2]) for i in range(0, 8, 2)))

def main():
    print('/* Printed by law_reference.py, which says how. Columns: law, its parameter (which histogram), activation, x,')
    print(' * y, mean, second, variance, dmean_dx, dmean_dy, dvariance_dx, dvariance_dy, slope_second. */')
    print('/* clang-format off */')
    for case in CASES:
        print(line(case))
        sys.stdout.flush()
    print('/* clang-format on */')

main()

#!/usr/bin/env python3
"""Prints sampled_reference.inc: moments of tables of tanh under N(x, y), to 25 digits.

    python3 tests/unit/sampled_reference.py > tests/unit/sampled_reference.inc     (needs mpmath)

Points x_i = -6 + 12 i / (n - 1), f_i = tanh x_i, in doubles. Slopes by the formulas of Fritsch and Butland
(1984) as published, in 60 digits, not as the C code has them; in every interval the cubic is expanded in powers
of t, whose moments between two points have a recurrence; the pieces beyond are straight.
"""
import math
from mpmath import mp, mpf, sqrt, exp, erfc, pi, nstr

mp.dps = 60

def slopes(x, f):
    n = len(x)
    h = [b - a for a, b in zip(x, x[1:])]
    s = [(b - a) / w for a, b, w in zip(f, f[1:], h)]
    def end(h0, h1, s0, s1):
        d = ((2 * h0 + h1) * s0 - h0 * s1) / (h0 + h1)
        if d * s0 <= 0: return mpf(0)
        return 3 * s0 if s0 * s1 <= 0 and abs(d) > 3 * abs(s0) else d
    inner = []
    for i in range(1, n - 1):
        if s[i - 1] * s[i] <= 0:
            inner.append(mpf(0))
        else:
            w1, w2 = 2 * h[i] + h[i - 1], h[i] + 2 * h[i - 1]
            inner.append((w1 + w2) / (w1 / s[i - 1] + w2 / s[i]))
    return [end(h[0], h[1], s[0], s[1])] + inner + [end(h[-1], h[-2], s[-1], s[-2])]

def powers(a, b, top):
    """E t^k 1{a < t < b}, k = 0 to top, t ~ N(0, 1); None: infinite."""
    def phi(t): return exp(-t * t / 2) / sqrt(2 * pi)
    def upper(t): return erfc(t / sqrt(mpf(2))) / 2
    out = [(mpf(1) if a is None else upper(a)) - (mpf(0) if b is None else upper(b))]
    def edge(k):
        return (mpf(0) if a is None else a**k * phi(a)) - (mpf(0) if b is None else b**k * phi(b))
    out.append(edge(0))
    for k in range(2, top + 1):
        out.append(edge(k - 1) + (k - 1) * out[k - 2])
    return out

def product(p, q):
    out = [mpf(0)] * (len(p) + len(q) - 1)
    for i, a in enumerate(p):
        for j, b in enumerate(q):
            out[i + j] += a * b
    return out

def shifted(c, u, s):
    """sum c_k (u + s t)^k in powers of t."""
    out, base = [mpf(0)] * len(c), [mpf(1)]
    for k, a in enumerate(c):
        for j, b in enumerate(base):
            out[j] += a * b
        base = product(base, [u, s])
    return out

def moments(n, mean, y):
    points = [-6 + 12 * i / (n - 1) for i in range(n)]
    x, f = [mpf(v) for v in points], [mpf(math.tanh(v)) for v in points]
    m, s = slopes(x, f), sqrt(y)
    pieces = [(None, x[0], x[0], [f[0], m[0]]), (x[-1], None, x[-1], [f[-1], m[-1]])]
    for i in range(n - 1):
        h = x[i + 1] - x[i]
        d = (f[i + 1] - f[i]) / h
        pieces.append((x[i], x[i + 1], x[i],
                       [f[i], m[i], (3 * d - 2 * m[i] - m[i + 1]) / h, (m[i] + m[i + 1] - 2 * d) / h**2]))
    e = [mpf(0)] * 3
    for a, b, origin, c in pieces:
        t = powers(None if a is None else (a - mean) / s, None if b is None else (b - mean) / s, 6)
        p = shifted(c, mean - origin, s)
        g = [k * v / s for k, v in enumerate(p)][1:]
        for k, q in enumerate((p, product(p, p), product(g, g))):
            e[k] += sum(v * w for v, w in zip(q, t))
    return e[0], e[1] - e[0]**2, e[2]

print('/* Printed by sampled_reference.py, which says how: points, x, y, mean, variance, slope_second. */')
print('/* clang-format off */')
for n in (7, 40, 200, 1000):
    for mean, y in ((0.3, 1.0), (-2.385, 7.7), (0.0, 100.0), (1.13, 1e-3)):
        print('{%d, %r, %r, %s},' % (n, mean, y, ', '.join(nstr(v, 25) for v in moments(n, mpf(mean), mpf(y)))))
print('/* clang-format on */')

#!/usr/bin/env python3
"""Prints overlap_reference.inc: E[f(a) f(b)] and its slope in the correlation, to 25 digits.

    python3 tests/unit/overlap_reference.py > tests/unit/overlap_reference.inc     (needs mpmath)

Nothing here is shared with the C code, which splits a and b into what they have in common and the
rest. Here b is taken given a: b ~ N(x + c (a - x), y (1 - c^2)), in closed form for the activations
made of lines and an exponential, by a second quadrature otherwise; a is integrated by composite
24-point Gauss-Legendre on panels graded towards the kinks, in 40 digits, again with 30 points, and
both must agree. ReLU at x = 0 (arc-cosine), erf at x = 0 (arcsine) and sin (any x) are printed from
their closed forms, and the integrals checked against them.
"""
import sys
from mpmath import mp, mpf, sqrt, exp, erfc, erf, tanh, cosh, pi, sin, cos, asin, acos, nstr, expm1, log

mp.dps = 40
def phi(t): return exp(-t * t / 2) / sqrt(2 * pi)
def Phi(t): return erfc(-t / sqrt(mpf(2))) / 2
def sigmoid(z): return 1 / (1 + exp(-z))
ALPHA = mpf('1.6732632423543772848170429916717')
LAMBDA = mpf('1.0507009873554804934193349852946')

def relu_mean(m, v): s = sqrt(v); return m * Phi(m / s) + s * phi(m / s)
def relu_rise(m, v): return Phi(m / sqrt(v))
def bend(m, v): return exp(m + v / 2) * Phi(-(m + v) / sqrt(v))        # E e^z 1{z < 0}
def selu_mean(m, v): return LAMBDA * (relu_mean(m, v) + ALPHA * (bend(m, v) - Phi(-m / sqrt(v))))
def selu_rise(m, v): return LAMBDA * (relu_rise(m, v) + ALPHA * bend(m, v))

# f, f', kinks, E f(N(m, v)), E f'(N(m, v))
F = {
    'relu': (lambda z: max(z, mpf(0)), lambda z: mpf(1 if z > 0 else 0), [0], relu_mean, relu_rise),
    'selu': (lambda z: LAMBDA * (z if z > 0 else ALPHA * expm1(z)),
             lambda z: LAMBDA * (1 if z > 0 else ALPHA * exp(z)), [0], selu_mean, selu_rise),
    'hardtanh': (lambda z: min(max(z, mpf(-1)), mpf(1)), lambda z: mpf(1 if -1 < z <= 1 else 0), [-1, 1],
                 lambda m, v: relu_mean(m + 1, v) - relu_mean(m - 1, v) - 1,
                 lambda m, v: relu_rise(m + 1, v) - relu_rise(m - 1, v)),
    'tanh': (tanh, lambda z: 1 / cosh(z)**2, [], None, None),
    'silu': (lambda z: z * sigmoid(z), lambda z: sigmoid(z) * (1 + z * sigmoid(-z)), [], None, None),
    'softsign': (lambda z: z / (1 + abs(z)), lambda z: 1 / (1 + abs(z))**2, [0], None, None),
    'erf': (erf, lambda z: 2 / sqrt(pi) * exp(-z * z), [], None, None),
}

CASES = [
    ('relu', 0.0, 2.385, 0.37), ('relu', 0.0, 0.71, -0.93), ('relu', 0.0, 1.31, 0.999999),
    ('relu', -1.17, 1.9, 0.83), ('relu', 0.61, 0.077, -0.44), ('relu', -4.1, 1.3, 0.61),
    ('selu', 0.21, 0.87, 0.52), ('selu', -1.3, 2.9, 0.9973), ('selu', 0.37, 7.1, -0.71),
    ('selu', -0.02, 0.0013, 0.9), ('selu', 0.11, 1.21, -0.999),
    ('hardtanh', 0.43, 1.7, 0.88), ('hardtanh', -0.9, 37.3, 0.991), ('hardtanh', 1.03, 0.21, -0.6),
    ('erf', 0.0, 1.9, 0.77), ('erf', 0.0, 31.7, -0.995), ('erf', 0.0, 0.43, 0.99999),
    ('sin', 0.41, 0.83, 0.66), ('sin', -1.9, 3.7, -0.35), ('sin', 2.2, 11.3, 0.97),
    ('tanh', 0.3, 1.2, 0.45), ('tanh', -1.1, 6.1, -0.87), ('tanh', 0.7, 90.3, 0.96),
    ('silu', -0.55, 1.31, 0.9), ('softsign', 0.237, 1.7, 0.73),
]

rules = {}
def rule(n):
    if n not in rules:
        nodes = []
        for i in range(n):
            u = mp.cos(pi * (i + mpf(3) / 4) / (n + mpf(1) / 2))
            for _ in range(9):
                p0, p1 = mpf(1), u
                for k in range(2, n + 1):
                    p0, p1 = p1, ((2 * k - 1) * u * p1 - (k - 1) * p0) / k
                slope = n * (p0 - u * p1) / (1 - u * u)
                u -= p1 / slope
            nodes.append((u, 2 / ((1 - u * u) * slope**2)))
        rules[n] = nodes
    return rules[n]

def gauss(function, x, v, places, n, reach=12):
    """E of the pair that the function returns under N(x, v), on panels no wider than 1 in t, 1 in z near `places`, and
    graded towards (place, scale): ever narrower down to the scale."""
    s = sqrt(v)
    marks = {mpf(-reach), mpf(reach)}
    for place, scale in places:
        at, d = (place - x) / s, scale / s
        marks.add(at)
        while d < 2 * reach:
            marks |= {at - d, at + d}
            d *= 2
    marks = sorted(t for t in marks if abs(t) <= reach)
    total = [mpf(0), mpf(0)]
    for a, b in zip(marks, marks[1:]):
        pieces = int((b - a) / mpf(1)) + 1
        h = (b - a) / (2 * pieces)
        for i in range(pieces):
            for u, w in rule(n):
                t = a + h * (2 * i + 1 + u)
                for k, g in enumerate(function(x + s * t)):
                    total[k] += h * w * phi(t) * g
    return total

def overlap(name, x, y, c, n):
    f, slope, kinks, mean, rise = F[name]
    v = y * (1 - c * c)
    def given(a):
        m = x + c * (a - x)
        if mean is not None:
            return mean(m, v), rise(m, v)
        return gauss(lambda z: (f(z), slope(z)), m, v, [(mpf(k), mpf(1) / 2) for k in kinks + [0]], 18)
    def both(a):
        g, h = given(a)
        return f(a) * g, slope(a) * h
    # f(a) bends at its kinks, and f(b) given a on the scale of its own deviation.
    places = [(mpf(k), mpf(1) / 2) for k in kinks + [0]]
    places += [(x + (k - x) / c, min(mpf(1) / 2, sqrt(v) / abs(c))) for k in kinks + [0]]
    e = gauss(both, x, y, places, n)
    return [e[0], y * e[1]]

def closed(name, x, y, c):
    if name == 'sin':
        m, p = cos(2 * x) * exp(-y * (1 + c)), exp(-y * (1 - c))
        return [(p - m) / 2, y * (p + m) / 2]
    if name == 'relu' and x == 0:
        return [y / (2 * pi) * (sqrt(1 - c * c) + c * (pi - acos(c))), y / (2 * pi) * (pi - acos(c))]
    if name == 'erf' and x == 0:
        r = 2 * y / (1 + 2 * y)
        return [2 / pi * asin(r * c), 2 / pi * r / sqrt(1 - (r * c)**2)]
    return None

def main():
    print('/* Printed by overlap_reference.py, which says how: activation, x, y, c, overlap, slope. */')
    print('/* clang-format off */')
    for name, x, y, c in CASES:
        X, Y, C = mpf(x), mpf(y), mpf(c)
        value = closed(name, X, Y, C)
        if value is None or name == 'relu':
            coarse, fine = overlap(name, X, Y, C, 24), overlap(name, X, Y, C, 30)
            for a, b in zip(coarse, fine):
                assert abs(a - b) < mpf(10)**-20 * abs(b), (name, x, y, c, a, b)
            if value is not None:
                assert all(abs(a - b) < mpf(10)**-24 * abs(b) for a, b in zip(value, fine)), (name, x, y, c)
            value = value or fine
        print('{"%s", %r, %r, %r, %s, %s},' % ((name, x, y, c) + tuple(nstr(v, 25) for v in value)))
        sys.stdout.flush()
    print('/* clang-format on */')

main()

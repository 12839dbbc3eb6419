#!/usr/bin/env python3
"""Prints critical_reference.inc: points of the critical line to 22 digits.

A row is: activation, whether the map is the centred one, q, tau = 1 / E f'^2, bias_variance = q - tau S and tau S'.
S' = E[f f' t] / sqrt(q), under the centred map less 2 E f E[f' t] / (2 sqrt(q)), z = sqrt(q) t; expectations by
Gauss-Legendre on panels of width 1/2 in t and 1/2 in z near 0, at two orders that must agree to 24 digits. erf and sin
have closed forms, which must agree with that.

The second table, of zeros: activation, centred, q at which bias_variance is 0 and tau there, by the secant method.
"""
import sys
from mpmath import mp, mpf, sqrt, exp, pi, tanh, cosh, erf, sin, cos, asin, nstr, findroot, log1p

mp.dps = 34

def phi(z): return exp(-z * z / 2) / sqrt(2 * pi)
def Phi(z): return (1 + erf(z / sqrt(2))) / 2
def logistic(z): return 1 / (1 + exp(-z))

selu_scale, selu_alpha = mpf('1.0507009873554805'), mpf('1.6732632423543772')
F = {
    'tanh': (tanh, lambda z: 1 / cosh(z)**2),
    'erf': (erf, lambda z: 2 / sqrt(pi) * exp(-z * z)),
    'sin': (sin, cos),
    'gelu': (lambda z: z * Phi(z), lambda z: Phi(z) + z * phi(z)),
    'silu': (lambda z: z * logistic(z), lambda z: logistic(z) + z * logistic(z) * logistic(-z)),
    'sigmoid': (logistic, lambda z: logistic(z) * logistic(-z)),
    'softplus': (lambda z: log1p(exp(z)) if z < 60 else z + log1p(exp(-z)), logistic),
    'elu': (lambda z: z if z > 0 else exp(z) - 1, lambda z: mpf(1) if z > 0 else exp(z)),
}

CASES = [
    ('tanh', 0, 0.037), ('tanh', 0, 1.385), ('tanh', 0, 41.7), ('erf', 0, 0.0023), ('erf', 0, 2.71), ('sin', 0, 0.83),
    ('gelu', 0, 0.0117), ('gelu', 0, 1.9), ('gelu', 1, 0.61), ('silu', 0, 0.23), ('silu', 1, 17.3), ('elu', 0, 1.618),
    ('elu', 1, 0.455), ('sigmoid', 0, 3.3), ('sigmoid', 1, 88.8), ('softplus', 0, 0.77), ('softplus', 1, 5.19),
]
ZEROS = [('sigmoid', 0, 53)]

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

def expectations(name, q, n):
    f, slope = F[name]
    s = sqrt(q)
    marks = {mpf(k) / 2 for k in range(-24, 25)}
    marks |= {mpf(k) / 2 / s for k in range(-40, 41)}
    marks = sorted(t for t in marks if abs(t) <= 12)
    total = [mpf(0)] * 5
    for a, b in zip(marks, marks[1:]):
        h = (b - a) / 2
        for u, w in rule(n):
            t = a + h * (1 + u)
            v, d, w = f(s * t), slope(s * t), h * w * phi(t)
            for k, g in enumerate((v, v * v, d * d, v * d * t, d * t)):
                total[k] += w * g
    return total

def point(name, centred, q, n):
    mean, second, gradient, rise, mean_rise = expectations(name, q, n)
    if centred:
        second -= mean * mean
        rise -= mean * mean_rise
    tau = 1 / gradient
    return [tau, q - tau * second, tau * rise / sqrt(q)]

def closed(name, q):
    if name == 'erf':
        r = 2 * q / (1 + 2 * q)
        tau = pi * sqrt(1 + 4 * q) / 4
        return [tau, q - tau * 2 / pi * asin(r), tau * 2 / pi / sqrt(1 - r * r) * 2 / (1 + 2 * q)**2]
    if name == 'sin':
        tau = 2 / (1 + exp(-2 * q))
        return [tau, q - tau * (1 - exp(-2 * q)) / 2, tau * exp(-2 * q)]
    return None

def main():
    print('/* Printed by critical_reference.py, which says how. */')
    print('/* clang-format off */')
    print('#ifdef LINES')
    for name, centred, q in CASES:
        Q = mpf(q)
        coarse, fine = point(name, centred, Q, 18), point(name, centred, Q, 24)
        for value in [coarse] + ([closed(name, Q)] if closed(name, Q) else []):
            assert all(abs(a - b) < mpf(10)**-24 * max(1, Q) for a, b in zip(value, fine)), (name, q, value, fine)
        print('{"%s", %d, %r, %s},' % (name, centred, q, ', '.join(nstr(v, 22) for v in fine)))
        sys.stdout.flush()
    print('#else')
    for name, centred, start in ZEROS:
        q = findroot(lambda x: point(name, centred, x, 18)[1], (mpf(start), mpf(start) + 1), tol=1e-26)
        print('{"%s", %d, %s, %s},' % (name, centred, nstr(q, 22), nstr(point(name, centred, q, 24)[0], 22)))
    print('#endif')
    print('/* clang-format on */')

main()

#!/usr/bin/env python3
"""Prints field_reference.inc: fixed points of the variance map V(q) = tau S(q) + s, with V', chi1 and the
correlation c* < 1 that is fixed there, to 25 digits.

    python3 tests/unit/field_reference.py > tests/unit/field_reference.inc     (needs mpmath)

Nothing here is shared with the C code. Expectations are of 45 digits, by the trapezoidal rule for entire and
meromorphic f (it converges like e^(-2 pi d / h), d the distance of the poles), by mpmath's Gauss-Legendre
split at the kinks for others; the overlap E[f(a) f(b)] is a sum over a square lattice of what a and b have in
common and of the rest, or closed. Every rule is used at two steps, which have to agree to 1e-25, the lattices
to 1e-18.
"""
import sys
from mpmath import mp, mpf, sqrt, exp, erfc, erf, tanh, cosh, pi, sin, cos, asin, nstr, expm1, log1p, findroot, quad

mp.dps = 45
ALPHA, LAMBDA = mpf(float('1.6732632423543772848170429916717')), mpf(float('1.0507009873554804934193349852946'))
def phi(t): return exp(-t * t / 2) / sqrt(2 * pi)
def Phi(t): return erfc(-t / sqrt(mpf(2))) / 2
def sigmoid(z): return 1 / (1 + exp(-z))

# f, f', kinks (None: smooth)
F = {
    'tanh': (tanh, lambda z: 1 / cosh(z)**2, None),
    'erf': (erf, lambda z: 2 / sqrt(pi) * exp(-z * z), None),
    'sin': (sin, cos, None),
    'gelu': (lambda z: z * Phi(z), lambda z: Phi(z) + z * phi(z), None),
    'silu': (lambda z: z * sigmoid(z), lambda z: sigmoid(z) * (1 + z * sigmoid(-z)), None),
    'sigmoid': (sigmoid, lambda z: sigmoid(z) * sigmoid(-z), None),
    'softplus': (lambda z: log1p(exp(-abs(z))) + max(z, mpf(0)), sigmoid, None),
    'relu': (lambda z: max(z, mpf(0)), lambda z: mpf(1 if z > 0 else 0), [0]),
    'selu': (lambda z: LAMBDA * (z if z > 0 else ALPHA * expm1(z)), lambda z: LAMBDA * (1 if z > 0 else ALPHA * exp(z)), [0]),
    'elu': (lambda z: z if z > 0 else expm1(z), lambda z: mpf(1) if z > 0 else exp(z), [0]),
    'hardtanh': (lambda z: min(max(z, mpf(-1)), mpf(1)), lambda z: mpf(1 if -1 < z <= 1 else 0), [-1, 1]),
    'relu6': (lambda z: min(max(z, mpf(0)), mpf(6)), lambda z: mpf(1 if 0 < z <= 6 else 0), [0, 6]),
    # of test_field.c: z - 0.8 sin(1.3 z), in doubles
    'wave': (lambda z: z - mpf(0.8) * sin(mpf(1.3) * z), lambda z: 1 - mpf(0.8) * mpf(1.3) * cos(mpf(1.3) * z), None),
}

REACH = 14
def expect(name, functions, q, fine):
    """E of each of the functions of (t, f(z), f'(z)), z = sqrt(q) t."""
    f, slope, kinks = F[name]
    s = sqrt(q)
    if kinks is None:
        h = mpf(1) / (64 if fine else 48)
        total = [mpf(0)] * len(functions)
        for i in range(int(-REACH / h), int(REACH / h) + 1):
            t = i * h
            w, a, b = h * phi(t), f(s * t), slope(s * t)
            for k, g in enumerate(functions):
                total[k] += w * g(t, a, b)
        return total
    marks = sorted({mpf(-REACH), mpf(REACH)} | {k / s for k in kinks if abs(k / s) < REACH} | {mpf(j) for j in range(-12, 13, 2)})
    return [quad(lambda t: phi(t) * g(t, f(s * t), slope(s * t)), marks, maxdegree=6 if fine else 5) for g in functions]

def variance_map(name, centred, tau, s, q, fine=True):
    """V, V', chi1 and E f."""
    m, second, rise, product, square = expect(name, [lambda t, f, d: f, lambda t, f, d: f * f, lambda t, f, d: d * t,
                                                     lambda t, f, d: f * d * t, lambda t, f, d: d * d], q, fine)
    r = sqrt(q)
    v, dv = second, product / r
    if centred:
        v, dv = v - m * m, dv - m * rise / r
    return tau * v + s, tau * dv, tau * square, m

def correlation_map(name, centred, tau, s, q, c, mean, fine, sloping=True):
    """R and, if sloping, R' for 0 <= c < 1."""
    if name == 'sin':
        C = (exp(-q * (1 - c)) - exp(-q * (1 + c))) / 2
        D = q * (exp(-q * (1 - c)) + exp(-q * (1 + c))) / 2
    elif name == 'erf':
        r = 2 * q / (1 + 2 * q)
        C, D = 2 / pi * asin(r * c), 2 / pi * r / sqrt(1 - (r * c)**2)
    else:
        f, slope, _ = F[name]
        h = mpf(1) / (8 if fine else 6)
        lattice = [(i * h, h * phi(i * h)) for i in range(int(-10 / h), int(10 / h) + 1)]
        common, rest = sqrt(q * c), sqrt(q * (1 - c))
        C = D = mpf(0)
        with mp.workdps(28):
            for u, w in lattice:
                C += w * sum(v * f(common * u + rest * t) for t, v in lattice)**2
                if sloping:
                    D += w * q * sum(v * slope(common * u + rest * t) for t, v in lattice)**2
    if centred:
        C -= mean * mean
    return (tau * C + s) / q, tau * D / q

# name, centred, tau, s, a guess of q, a guess of c* (None: chi1 < 1; 0: it is 0, and R'(0) = tau (E f')^2)
CASES = [
    ('tanh', 0, 1.5, 0.0, 0.31, 0), ('tanh', 0, 2.37, 0.05, 1.0, 0.37), ('tanh', 0, 4.0, 0.05, 2.2, 0.23), ('tanh', 0, 1.5, 0.05, 0.45, None),
    ('tanh', 0, 20.0, 0.0, 16.12, 0), ('tanh', 0, 1.01, 0.0, 0.005, 0),
    ('erf', 0, 1.5, 0.05, 0.60, 0.82), ('erf', 0, 3.0, 0.05, 1.75, 0.19), ('erf', 0, 3.7, 0.0, 2.4, 0),
    ('sin', 0, 20.0, 0.0, 10.0, 0), ('sin', 0, 3.0, 0.05, 1.47, 0.11), ('sin', 0, 1.1, 0.02, 0.2, None),
    ('gelu', 0, 2.3, 0.05, 0.185, None), ('gelu', 0, 2.3, 0.05, 0.7307, 0.9968),
    ('silu', 0, 3.0, 0.02, 0.101, None), ('silu', 0, 3.0, 0.02, 0.54, 0.872),
    ('softplus', 0, 1.0, 0.0, 0.856, None), ('sigmoid', 0, 20.0, 0.0, 7.548, None), ('sigmoid', 1, 20.0, 0.0, 0.5427, 0),
    ('selu', 0, 1.0, 0.0, 1.0, 'skip'),
    ('relu', 0, 1.5, 0.3, 1.2, None), ('relu6', 0, 3.0, 0.05, 22.833, 'skip'),
    ('wave', 0, 0.97, 0.01, 0.01, None), ('wave', 0, 0.97, 0.01, 4.677, 'skip'), ('wave', 0, 0.97, 0.01, 10.53, 'skip'),
]

# Just beyond the critical line: name, q, chi1 - 1; tau and s are the doubles next to what makes them so.
NEAR = [('sin', 0.5, 1e-3), ('sin', 0.5, 1e-6), ('sin', 0.5, 1e-9), ('erf', 0.7, 1e-5)]

def same(a, b):
    assert abs(a - b) < mpf(10)**-25 * max(abs(a), abs(b), mpf(10)**-3), (a, b)

def show(name, centred, tau, s, values):
    print('{"%s", %d, %r, %r, %s},' % (name, centred, tau, s, ', '.join(nstr(v, 25) for v in values)))
    sys.stdout.flush()

def main():
    print('/* Printed by field_reference.py, which says how: activation, centred, tau, bias variance, q, V\'(q), chi1,')
    print(' * c* (2: not asked for, or none), R\'(c*). */')
    print('/* clang-format off */')
    for name, centred, tau, s, guess, c in CASES:
        T, B = mpf(tau), mpf(s)
        q = findroot(lambda q: variance_map(name, centred, T, B, q)[0] / q - 1, (mpf(guess), mpf(guess) * mpf('1.001')), tol=mpf(10)**-64)
        fine, coarse = variance_map(name, centred, T, B, q), variance_map(name, centred, T, B, q, False)
        for a, b in zip(fine, coarse):
            same(a, b)
        _, slope, chi1, mean = fine
        star = [mpf(2), mpf(0)]
        if c == 0:
            star = [mpf(0), T * expect(name, [lambda t, f, d: d], q, True)[0]**2]
        elif c not in (None, 'skip'):
            root = findroot(lambda c: correlation_map(name, centred, T, B, q, c, mean, False, False)[0] - c, (mpf(c), mpf(c) * mpf('0.9999')), tol=mpf(10)**-40)
            image = correlation_map(name, centred, T, B, q, root, mean, True)
            assert abs(image[0] - root) < mpf(10)**-18, (image, root)
            star = [root, image[1]]
        assert (c is None) == (chi1 < 1) or c == 'skip', (name, chi1)
        show(name, centred, tau, s, [q, slope, chi1] + star)
    for name, at, excess in NEAR:
        unit = variance_map(name, 0, mpf(1), mpf(0), mpf(at))
        tau = float((1 + mpf(excess)) / unit[2])
        s = float(at - mpf(tau) * unit[0])
        T, B = mpf(tau), mpf(s)
        q = findroot(lambda q: variance_map(name, 0, T, B, q)[0] / q - 1, (mpf(at), mpf(at) * mpf('1.001')), tol=mpf(10)**-64)
        _, slope, chi1, mean = variance_map(name, 0, T, B, q)
        far = lambda d: (1 - correlation_map(name, 0, T, B, q, 1 - d, mean, True, False)[0]) / d - 1
        d = findroot(far, (mpf(excess), 2 * mpf(excess)), tol=mpf(10)**-34)
        show(name, 0, tau, s, [q, slope, chi1, 1 - d, correlation_map(name, 0, T, B, q, 1 - d, mean, True)[1]])
    print('/* clang-format on */')

main()

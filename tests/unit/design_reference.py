#!/usr/bin/env python3
"""Prints design_reference.inc: parameters of designs to 25 digits, with chi1 and spectral radius.

    python3 tests/unit/design_reference.py > tests/unit/design_reference.inc    (needs mpmath, numpy)

Nothing here is shared with the C code. Expectations are composite 24-point Gauss-Legendre sums over
panels that end at the kinks, in 34 digits, and the last ones again with 30 points. The split families
are solved as the roots of (P + alpha N)^2 (m^2 + nu) = m^2 (P2 + alpha^2 N2), whatever they are. The
two families that C searches for are scanned here by trapezoidal sums in doubles over fine nets, in
other variables: V alone over (u, log a), whose logarithmic slope Q'(1) is; then polished in mpmath.
Derivatives of the map are differences in 34 digits of f's mean and variance as functions of mu, nu.
"""
import sys
import numpy as np
import mpmath
from mpmath import mp, mpf, sqrt, exp, log, erfc, erf, tanh, cosh, pi, cos, nstr, expm1, log1p

mp.dps = 34
def npdf(t): return exp(-t * t / 2) / sqrt(2 * pi)
def sigmoid(z): return 1 / (1 + exp(-z))
def Phi(z): return erfc(-z / sqrt(mpf(2))) / 2
ALPHA, LAMBDA = mpf('1.6732632423543772848170429916717'), mpf('1.0507009873554804934193349852946')

# f, f', kinks
F = {
    'linear': (lambda z: z, lambda z: mpf(1), []),
    'relu': (lambda z: max(z, mpf(0)), lambda z: mpf(1 if z > 0 else 0), [0]),
    'elu': (lambda z: z if z > 0 else expm1(z), lambda z: mpf(1) if z > 0 else exp(z), [0]),
    'selu': (lambda z: LAMBDA * (z if z > 0 else ALPHA * expm1(z)),
             lambda z: LAMBDA * (1 if z > 0 else ALPHA * exp(z)), [0]),
    'sigmoid': (sigmoid, lambda z: sigmoid(z) * sigmoid(-z), []),
    'tanh': (tanh, lambda z: 1 / cosh(z)**2, []),
    'erf': (erf, lambda z: 2 / sqrt(pi) * exp(-z * z), []),
    'softplus': (lambda z: log1p(exp(z)) if z < 0 else z + log1p(exp(-z)), sigmoid, []),
    'silu': (lambda z: z * sigmoid(z), lambda z: sigmoid(z) * (1 + z * sigmoid(-z)), []),
    'gelu': (lambda z: z * Phi(z), lambda z: Phi(z) + z * npdf(z), []),
    'hardtanh': (lambda z: min(max(z, mpf(-1)), mpf(1)), lambda z: mpf(1 if -1 < z <= 1 else 0), [-1, 1]),
}
LEFT = {'selu': (expm1, exp), 'serlu': (lambda z: z * exp(z), lambda z: (1 + z) * exp(z)),
        'leaky_relu': (lambda z: z, lambda z: mpf(1))}

rules = {}
def rule(n):
    if n not in rules:
        nodes = []
        for i in range(n):
            u = cos(pi * (i + mpf(3) / 4) / (n + mpf(1) / 2))
            for _ in range(60):
                p, q = mpf(1), u
                for k in range(2, n + 1): p, q = q, ((2 * k - 1) * u * q - (k - 1) * p) / k
                d = n * (u * q - p) / (u * u - 1)
                u, old = u - q / d, u
                if abs(u - old) < mpf(10)**-(mp.dps - 3): break
            nodes.append((u, 2 / ((1 - u * u) * d * d)))
        rules[n] = nodes
    return rules[n]

# density, support in t, its own kink, width of panels
ROOT3, ROOT2 = sqrt(mpf(3)), sqrt(mpf(2))
LAWS = {'normal': (npdf, mpf(-12), mpf(12)), 'uniform': (lambda t: 1 / (2 * ROOT3), -ROOT3, ROOT3),
        'laplace': (lambda t: exp(-ROOT2 * abs(t)) / ROOT2, mpf(-52), mpf(52))}

def expect(g, x, y, kinks, law='normal', n=24, steep=1):
    """E g(z, t), z = x + sqrt(y) t, of a list of functions; steep: how much narrower than 1 they are."""
    density, a, b = LAWS[law]
    s = sqrt(y)
    ends = sorted([a, b, mpf(0)] + [t for t in ((k - x) / s for k in kinks) if a < t < b])
    sums = None
    for lo, hi in zip(ends, ends[1:]):
        if hi <= lo: continue
        pieces = int(mpmath.ceil((hi - lo) * max(mpf(1), steep * s)))
        h = (hi - lo) / pieces
        for i in range(pieces):
            for u, w in rule(n):
                t = lo + h * (i + (u + 1) / 2)
                p = w * h / 2 * density(t)
                values = g(x + s * t, t)
                sums = [p * v for v in values] if sums is None else [q + p * v for q, v in zip(sums, values)]
    return sums

def powers(f, df=None):
    def g(z, t):
        v = f(z)
        return [v, v * v] if df is None else [v, v * v, df(z)**2]
    return g

def preactivation(kind, mu, nu, omega, tau, dropout):
    nu = (nu + dropout * mu * mu) / (1 - dropout)
    return {'NEURON': (mu * omega, nu * tau), 'CENTRED': (mpf(0), nu * tau),
            'ENSEMBLE': (mu * omega, tau * (nu + mu * mu))}[kind]

def describe(f, slope, kinks, case, law, steep=1):
    """chi1 and the spectral radius at the target, from f itself."""
    kind, mu, nu, omega, tau, dropout = case
    def stats(m, v):
        x, y = preactivation(kind, m, v, omega, tau, dropout)
        mean, second = expect(powers(f), x, y, kinks, law, steep=steep)
        return mean, second - mean**2
    h = mpf(10)**-9
    def d(a, b): return [(p - q) / (2 * h) for p, q in zip(a, b)]
    mm, vm = d(stats(mu + h, nu), stats(mu - h, nu))
    mv, vv = d(stats(mu, nu + h), stats(mu, nu - h))
    trace, det = mm + vv, mm * vv - mv * vm
    r = trace * trace - 4 * det
    radius = (abs(trace) + sqrt(r)) / 2 if r >= 0 else sqrt(det)
    x, y = preactivation(kind, mu, nu, omega, tau, dropout)
    s2, = expect(lambda z, t: [slope(z)**2], x, y, kinks, law, 30, steep)
    mean, var = stats(mu, nu)
    assert abs(mean - mu) < mpf(10)**-22 * sqrt(mu * mu + nu) and abs(var - nu) < mpf(10)**-22 * nu, (mean - mu, var - nu)
    return tau * s2 / (1 - dropout), radius

def split(family, case, law):
    kind, mu, nu, omega, tau, dropout = case
    x, y = preactivation(*case)
    n, dn = LEFT[family]
    P, P2, N, N2 = expect(lambda z, t: [z, z * z, 0, 0] if z > 0 else [0, 0, n(z), n(z)**2], x, y, [0], law, 30)
    K = mu * mu + nu
    if mu == 0: alphas = [-P / N]
    else: alphas = mpmath.polyroots([K * N * N - mu * mu * N2, 2 * K * P * N, K * P * P - mu * mu * P2],
                                    maxsteps=500, extraprec=400)
    out = []
    for alpha in alphas:
        if abs(mpmath.im(alpha)) > mpf(10)**-20: continue
        alpha = mpmath.re(alpha)
        lam = sqrt(K / (P2 + alpha**2 * N2))
        if abs(lam * (P + alpha * N) - mu) > mpf(10)**-20: continue
        f = lambda z: lam * (z if z > 0 else alpha * n(z))
        slope = lambda z: lam * (1 if z > 0 else alpha * dn(z))
        out.append(([alpha, lam],) + describe(f, slope, [0], case, law))
    return out

def affine(phi, case, law):
    f, df, kinks = F[phi]
    x, y = preactivation(*case)
    M, S = expect(powers(f), x, y, kinks, law, 30)
    out = []
    for sign in (1, -1):
        a = sign * sqrt(case[2] / (S - M * M)); b = case[1] - a * M
        out.append(([a, b],) + describe(lambda z: a * f(z) + b, lambda z: a * df(z), kinks, case, law))
    return out

def growth(f, df, kinks, steep=1):
    """E f, E f^2, Q'(1) as a difference, E f'^2, at N(0, 1)."""
    E, Q, S = expect(powers(f, df), mpf(0), mpf(1), kinks, n=30, steep=steep)
    h = mpf(10)**-9
    Qs = [expect(powers(f), mpf(0), 1 + d, kinks, n=30, steep=steep)[1] for d in (h, -h)]
    return E, Q, (Qs[0] - Qs[1]) / (2 * h), S

def bidirectional(phi):
    f, df, kinks = F[phi]
    M, S2, G = expect(powers(f, df), mpf(0), mpf(1), kinks, n=30)
    out = []
    for sign in (1, -1):
        a = sign / sqrt(G); rest = 1 - a * a * (S2 - M * M)
        if rest < mpf(10)**-30: rest = mpf(0)
        for root in ([sqrt(rest), -sqrt(rest)] if rest > 0 else [mpf(0)]):
            b = root - a * M
            E, Q, R, S = growth(lambda z: a * f(z) + b, lambda z: a * df(z), kinks)
            assert abs(Q - 1) < mpf(10)**-22 and abs(S - 1) < mpf(10)**-22
            out.append(([a, b], S, abs(R)))
    return out

# --- the families that are searched for ---

T = np.linspace(-9, 9, 1201)
W = np.exp(-T * T / 2); W /= W.sum()
def npmap(phi, z):
    from scipy.special import erf as E
    e = np.exp(-np.abs(z))
    s = np.where(z > 0, 1 / (1 + e), e / (1 + e))
    return {'tanh': np.tanh, 'erf': E, 'sigmoid': lambda z: s, 'silu': lambda z: z * s,
            'softplus': lambda z: np.maximum(z, 0) + np.log1p(e), 'gelu': lambda z: z * (1 + E(z / 2**.5)) / 2,
            'elu': lambda z: np.where(z > 0, z, np.expm1(np.minimum(z, 0))),
            'selu': lambda z: 1.0507 * np.where(z > 0, z, 1.67326 * np.expm1(np.minimum(z, 0))),
            'hardtanh': lambda z: np.clip(z, -1, 1)}[phi](z)

def scan_kernel(phi, zeta):
    """Starts of Newton's method: cells over b and log a in which both conditions change sign."""
    bs, la = np.linspace(-8, 8, 161), np.linspace(np.log(2e-2), np.log(8), 80)
    G, Z = np.zeros((len(bs), len(la))), np.zeros((len(bs), len(la)))
    def moments(a, b):
        z = b[:, None] + a * T[None, :]
        f = npmap(phi, z); m = f @ W; d = f - m[:, None]
        g = (npmap(phi, z + 1e-5) - npmap(phi, z - 1e-5)) / 2e-5
        return (d * d) @ W, (g * g) @ W
    for k, l in enumerate(la):
        h = 1e-4; a = np.exp(l)
        up, down = moments(a * np.exp(h), bs)[0], moments(a * np.exp(-h), bs)[0]
        V, S = moments(a, bs)
        G[:, k] = (np.log(up) - np.log(down)) / (4 * h) - 1
        Z[:, k] = a * a * S / V - zeta
    out = []
    for i in range(len(bs) - 1):
        for k in range(len(la) - 1):
            g, z = G[i:i + 2, k:k + 2], Z[i:i + 2, k:k + 2]
            if g.min() < 0 < g.max() and z.min() < 0 < z.max(): out.append((bs[i] + .05, la[k] + (la[1] - la[0]) / 2))
    return out

def newton(f, start):
    """The root next to start, or None; derivatives by differences."""
    b, l, h = mpf(start[0]), mpf(start[1]), mpf(10)**-14
    for _ in range(12):
        g, z = f(b, l)
        gb, zb = [(p - q) / h for p, q in zip(f(b + h, l), (g, z))]
        gl, zl = [(p - q) / h for p, q in zip(f(b, l + h), (g, z))]
        det = gb * zl - gl * zb
        if det == 0: return None
        db, dl = (gl * z - zl * g) / det, (zb * g - gb * z) / det
        if abs(db) > 1 or abs(dl) > 1: return None
        b, l = b + db, l + dl
        if abs(db) + abs(dl) < mpf(10)**-26: return b, l
    return None

def kernel(phi, zeta):
    f, df, kinks = F[phi]
    def conditions(b, la, n=24):
        a = exp(la)
        def g(z, t):
            v, d = f(z), df(z)
            return [v, v * v, d * d, v * d * t, d * t]
        M, S, G, C, D = expect(g, b, a * a, kinks, n=n)
        V = S - M * M
        return a * (C - M * D) / V - 1, a * a * G / V - zeta, M, V
    out = []
    for start in scan_kernel(phi, float(zeta)):
        if any(abs(o[0][1] - start[0]) < .11 and abs(log(o[0][0]) - start[1]) < .11 for o in out): continue
        root = newton(lambda b, l: conditions(b, l)[:2], start)
        if root is None:
            print('no root from', phi, zeta, start, file=sys.stderr); continue
        b, a = root[0], exp(root[1])
        if any(abs(o[0][1] - b) < 1e-6 and abs(o[0][0] - a) < 1e-6 for o in out): continue
        M, V = conditions(root[0], root[1], 30)[2:]
        c, d = 1 / sqrt(V), -M
        E, Q, R, S = growth(lambda z: c * (f(a * z + b) + d), lambda z: c * a * df(a * z + b), [(k - b) / a for k in kinks], a)
        assert abs(E) < 1e-20 and abs(Q - 1) < 1e-20 and abs(R - 1) < 1e-16 and abs(S - zeta) < 1e-20, (E, Q, R, S)
        out.append(([a, b, c, d], S, R))
    return out

def scaled_tanh(case, zeta, law='normal'):
    kind, mu, nu, omega, tau, dropout = case
    x, y = preactivation(*case)
    def left(b, lib):
        if lib is np:
            t = np.tanh(b * (float(x) + float(y)**.5 * T)); m = t @ W; v = ((t - m)**2) @ W
            return b * b * (((1 - t * t)**2) @ W) / v * float(nu / zeta) - 1 if mu == 0 else abs(m) / v**.5 - abs(float(mu)) / float(nu)**.5
        def g(z, t):
            v = tanh(b * z)
            return [v, v * v, (1 - v * v)**2]
        m, s, g = expect(g, x, y, [], law, 30, b)
        v = s - m * m
        return (b * b * g / v * nu / zeta - 1 if mu == 0 else abs(m) / sqrt(v) - abs(mu) / sqrt(nu)), m, v
    grid = np.exp(np.linspace(np.log(.02), np.log(20), 1500)) / float(sqrt(y))
    values = [left(b, np) for b in grid]
    out = []
    for i in range(len(grid) - 1):
        if values[i] * values[i + 1] > 0: continue
        b = mpmath.findroot(lambda b: left(b, mp)[0], (mpf(grid[i]), mpf(grid[i + 1])), tol=1e-42, maxsteps=12)
        _, m, v = left(b, mp)
        for sign in ((1, -1) if mu == 0 else (int(mpmath.sign(mu * m)),)):
            a = sign * sqrt(nu / v)
            out.append(([a, b],) + describe(lambda z: a * tanh(b * z), lambda z: a * b / cosh(b * z)**2, [], case, law, b))
    return out

# family, phi, zeta, map, mu, nu, omega, tau, dropout, law
N = 'NEURON'
CASES = [
    ('selu', '', 1.0, N, 0.0, 1.0, 0.0, 1.0, 0.0, 'normal'),
    ('selu', '', 1.0, N, 1.0, 0.5, 0.2, 1.0, 0.0, 'normal'),
    ('selu', '', 1.0, 'ENSEMBLE', -0.13, 1.9, 0.7, 0.9, 0.25, 'normal'),
    ('selu', '', 1.0, N, 0.31, 1.7, 0.4, 1.1, 0.0, 'uniform'),
    ('selu', '', 1.0, N, -0.7, 0.1, 0.3, 1.0, 0.0, 'normal'),
    ('serlu', '', 1.0, N, 0.0, 1.0, 0.0, 1.0, 0.0, 'normal'),
    ('serlu', '', 1.0, N, 0.9, 0.37, 0.31, 1.3, 0.1, 'normal'),
    ('serlu', '', 1.0, 'CENTRED', -0.21, 1.1, 0.6, 0.9, 0.0, 'normal'),
    ('serlu', '', 1.0, N, 0.17, 0.8, 0.6, 1.2, 0.0, 'laplace'),
    ('serlu', '', 1.0, N, 3.1, 0.4, 0.2, 1.0, 0.0, 'normal'),
    ('leaky_relu', '', 1.0, N, 0.0, 1.0, 0.0, 2.0, 0.0, 'normal'),
    ('leaky_relu', '', 1.0, N, 1.1, 0.83, 0.23, 1.0, 0.0, 'normal'),
    ('leaky_relu', '', 1.0, N, 1.1, 0.57, 0.23, 1.0, 0.0, 'normal'),
    ('leaky_relu', '', 1.0, N, -0.3, 1.4, 0.5, 0.8, 0.2, 'normal'),
    ('leaky_relu', '', 1.0, N, -2.3, 0.4, 0.5, 0.8, 0.0, 'normal'),
    ('affine', 'gelu', 1.0, N, 0.1, 1.3, 0.5, 1.0, 0.0, 'normal'),
    ('affine', 'sigmoid', 1.0, 'ENSEMBLE', -0.4, 0.71, -0.9, 1.4, 0.3, 'normal'),
    ('affine', 'softplus', 1.0, N, 0.2, 1.1, 0.7, 1.2, 0.0, 'laplace'),
    ('bidirectional', 'gelu', 1.0, N, 0.0, 1.0, 0.0, 1.0, 0.0, 'normal'),
    ('bidirectional', 'tanh', 1.0, N, 0.0, 1.0, 0.0, 1.0, 0.0, 'normal'),
    ('bidirectional', 'linear', 1.0, N, 0.0, 1.0, 0.0, 1.0, 0.0, 'normal'),
    ('bidirectional', 'hardtanh', 1.0, N, 0.0, 1.0, 0.0, 1.0, 0.0, 'normal'),
    ('kernel_shaping', 'tanh', 1.5, N, 0.0, 1.0, 0.0, 1.0, 0.0, 'normal'),
    ('kernel_shaping', 'tanh', 1.0078125, N, 0.0, 1.0, 0.0, 1.0, 0.0, 'normal'),
    ('kernel_shaping', 'gelu', 1.5, N, 0.0, 1.0, 0.0, 1.0, 0.0, 'normal'),
    ('kernel_shaping', 'softplus', 1.1, N, 0.0, 1.0, 0.0, 1.0, 0.0, 'normal'),
    ('kernel_shaping', 'softplus', 1.5, N, 0.0, 1.0, 0.0, 1.0, 0.0, 'normal'),
    ('kernel_shaping', 'silu', 1.07, N, 0.0, 1.0, 0.0, 1.0, 0.0, 'normal'),
    ('kernel_shaping', 'sigmoid', 1.5, N, 0.0, 1.0, 0.0, 1.0, 0.0, 'normal'),
    ('kernel_shaping', 'erf', 2.3, N, 0.0, 1.0, 0.0, 1.0, 0.0, 'normal'),
    ('kernel_shaping', 'elu', 1.2, N, 0.0, 1.0, 0.0, 1.0, 0.0, 'normal'),
    ('kernel_shaping', 'selu', 1.2, N, 0.0, 1.0, 0.0, 1.0, 0.0, 'normal'),
    ('kernel_shaping', 'hardtanh', 1.2, N, 0.0, 1.0, 0.0, 1.0, 0.0, 'normal'),
    ('kernel_shaping', 'hardtanh', 1.625, N, 0.0, 1.0, 0.0, 1.0, 0.0, 'normal'),
    ('scaled_tanh', '', 1.5, N, 0.0, 1.0, 0.0, 1.0, 0.0, 'normal'),
    ('scaled_tanh', '', 1.21, 'ENSEMBLE', 0.0, 0.83, 0.7, 1.37, 0.2, 'normal'),
    ('scaled_tanh', '', 1.0, N, 0.5, 1.0, 1.0, 1.0, 0.0, 'normal'),
    ('scaled_tanh', '', 1.0, N, 0.3607, 1.0, 0.998, 1.0, 0.0, 'normal'),
    ('scaled_tanh', '', 1.0, N, -1.4, 1.0, 0.9, 1.0, 0.0, 'normal'),
    ('scaled_tanh', '', 1.0, N, 0.4, 1.0, 0.9, 1.0, 0.0, 'normal'),
]

def main():
    print('/* Printed by design_reference.py, which says how: family, phi, zeta, map, mu, nu, omega, tau,')
    print(' * dropout, law, then of each solution its values, chi1 and spectral radius. */')
    print('/* clang-format off */')
    for family, phi, zeta, kind, mu, nu, omega, tau, dropout, law in CASES:
        if len(sys.argv) > 1 and family not in sys.argv[1:] and phi not in sys.argv[1:]: continue
        case = (kind,) + tuple(mpf(v) for v in (mu, nu, omega, tau, dropout))
        found = (split(family, case, law) if family in LEFT else affine(phi, case, law) if family == 'affine'
                 else bidirectional(phi) if family == 'bidirectional' else kernel(phi, mpf(zeta))
                 if family == 'kernel_shaping' else scaled_tanh(case, mpf(zeta), law))
        found.sort(key=lambda s: [-mpmath.nint(v * 10**12) for v in s[0]])
        rows = ', '.join('{{%s}, %s, %s}' % (', '.join(nstr(v, 25) for v in values), nstr(chi1, 25), nstr(radius, 17))
                         for values, chi1, radius in found)
        print('{"%s", "%s", %r, SN_MAP_%s, {%r, %r, %r, %r}, %r, SN_LAW_%s, %d, {%s}},'
              % (family, phi, zeta, kind, mu, nu, omega, tau, dropout, law.upper(), len(found), rows or '{{0}, 0, 0}'))
        sys.stdout.flush()
    print('/* clang-format on */')

main()

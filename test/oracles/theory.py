"""Independent numbers for the toy models, by plain NumPy loops that share nothing with the engine.

python3 test/oracles/theory.py > test/oracles/theory.json

What depends on random numbers is given in two ways: with the numbers themselves, so that the engine can be compared to 1e-9, or
as the mean and spread of repeated runs.
"""
import json
import numpy as np

out = {}
N, D = 61, 13
n = np.arange(N)
k1 = np.zeros(N); k1[[0, D]] = 1
eye = np.zeros(N); eye[:5] = [1, 3, 5, 3, 1]
K1, K2 = np.fft.fft(k1), np.fft.fft(eye)


def ratio(a, b):
    a, b = np.abs(a[1:]) ** 2, np.abs(b[1:]) ** 2
    return float(np.mean(a * b) / (a.mean() * b.mean()))


def stretched(A, B, g):
    k = np.fft.ifft(A).real
    return np.fft.ifft(np.fft.fft(k[(g * n) % N]) * B).real


TRUE = {g: stretched(K1, K2, g) for g in range(1, N)}


def errors(A, B):
    return [float(np.sum((stretched(A, B, g) - TRUE[g]) ** 2) / np.sum(TRUE[g] ** 2)) for g in range(1, N)]


def outside(A, B):
    shares = []
    for g in range(2, N):
        d2 = (pow(g, -1, N) * D) % N
        if min(d2, N - d2) < 5:
            continue
        inside = np.zeros(N, bool); inside[:5] = True; inside[(d2 + np.arange(5)) % N] = True
        y = stretched(A, B, g)
        shares.append(float(np.sum(y[~inside] ** 2) / np.sum(y ** 2)))
    return shares


def even_omega(rng, std):
    half = rng.normal(size=(N + 1) // 2) * std
    return np.exp(np.concatenate([half, half[:0:-1]]))


# Figure 2 on a line: the balanced member, one random member with its numbers, and the spread over random members.
balanced = np.sqrt(np.abs(K1) / np.abs(K2))
rng = np.random.default_rng(2)
fixed = even_omega(rng, 0.5)
many = [even_omega(rng, 0.5) for _ in range(400)]
many_errors = [np.mean(errors(K1 / w, K2 * w)[1:]) for w in many]
many_outside = [np.mean(outside(K1 / w, K2 * w)) for w in many]
out["fig2"] = {
    "trueRatio": ratio(K1, K2),
    "balanced": {"ratio": ratio(K1 / balanced, K2 * balanced), "errors": errors(K1 / balanced, K2 * balanced), "meanOutside": float(np.mean(outside(K1 / balanced, K2 * balanced)))},
    "random": {"omega": fixed.tolist(), "ratio": ratio(K1 / fixed, K2 * fixed), "meanError": float(np.mean(errors(K1 / fixed, K2 * fixed)[1:]))},
    "spread": {"error": np.quantile(many_errors, [0.02, 0.25, 0.5, 0.75, 0.98]).tolist(), "outside": np.quantile(many_outside, [0.02, 0.25, 0.5, 0.75, 0.98]).tolist()},
}

# The paper's other reading of the axis: 2d - 1 pixels, sign(m)(g|m| mod d). Power average over g against the product of averages.
rng = np.random.default_rng(0)
rng.normal(size=31); rng.normal(size=31)
out["symmetric"] = []
for d in (7, 11, 13):
    m = np.arange(-d + 1, d)
    length = 2 * d - 1
    k = rng.normal(size=length); other = rng.normal(size=length)
    dft = lambda x: np.array([np.sum(x * np.exp(-2j * np.pi * u * m / length)) for u in m])
    act = lambda x, g: x[np.sign(m) * ((g * np.abs(m)) % d) + d - 1]
    K, O, positive = dft(k), dft(other), m > 0
    inverse = lambda g: pow(g, -1, d)
    worst = max(np.abs(dft(act(k, g)) - act(K, inverse(g))).max() / np.abs(K).max() for g in range(2, d))
    product = np.mean(np.abs(K[positive]) ** 2) * np.mean(np.abs(O[positive]) ** 2)
    spatial = np.mean([np.mean((np.abs(dft(act(k, g))) ** 2 * np.abs(O) ** 2)[positive]) for g in range(1, d)]) / product
    fourier = np.mean([np.mean((np.abs(act(K, g)) ** 2 * np.abs(O) ** 2)[positive]) for g in range(1, d)]) / product
    out["symmetric"].append({"d": d, "k1": k.tolist(), "k2": other.tolist(), "identityError": float(worst), "spatial": float(spatial), "fourier": float(fourier)})

# Two dimensions: averages over groups against products of averages, with the kernels.
rng = np.random.default_rng(15)
out["planar"] = []
for h, w in ((7, 7), (7, 11)):
    a, b = rng.normal(size=(h, w)), rng.normal(size=(h, w))
    B = np.abs(np.fft.fft2(b)) ** 2
    i, j = np.arange(h)[:, None], np.arange(w)[None]
    power = lambda g, q: np.abs(np.fft.fft2(a[(g * i) % h, (q * j) % w])) ** 2
    A = power(1, 1)
    core = np.zeros((h, w), bool); core[1:, 1:] = True
    rest = np.ones((h, w), bool); rest[0, 0] = False
    both = [(g, q) for g in range(1, h) for q in range(1, w)]
    out["planar"].append({
        "height": h, "width": w, "k1": a.ravel().tolist(), "k2": b.ravel().tolist(),
        "productCore": float(np.mean([(B * power(g, q))[core].mean() for g, q in both]) / (A[core].mean() * B[core].mean())),
        "productAll": float(np.mean([(B * power(g, q))[rest].mean() for g, q in both]) / (A[rest].mean() * B[rest].mean())),
        "horizontalAll": float(np.mean([(B * power(1, q))[rest].mean() for q in range(1, w)]) / (A[rest].mean() * B[rest].mean())),
    })

# Example 1 with a box in two dimensions.
out["boxes"] = []
for size, w, h, dist in ((31, 5, 3, 11), (61, 7, 5, 20)):
    a = np.zeros((size, size)); a[0, [0, dist]] = 1
    b = np.zeros((size, size)); b[:h, :w] = 1
    A, B = np.abs(np.fft.fft2(a)).ravel()[1:] ** 2, np.abs(np.fft.fft2(b)).ravel()[1:] ** 2
    cols = np.arange(size)
    powers = [np.mean(np.abs(np.fft.fft2(a[:, (g * cols) % size])).ravel()[1:] ** 2 * B) for g in range(1, size)]
    out["boxes"].append({"size": size, "eyeWidth": w, "eyeHeight": h, "distance": dist, "ratio": float(np.mean(A * B) / (A.mean() * B.mean())), "groupRatio": float(np.mean(A * B) / np.mean(powers))})


# Figure 3b: Model 1 trained in pixels, not in frequencies: gradient of the sum of squares by circular correlation.
def pixel_run(eta, noise):
    a, b = k1.copy(), eye.copy()
    c = np.fft.ifft(K1 * K2).real
    shift = (n[:, None] - n[None, :]) % N
    for e in noise:
        r = c + e - b[shift] @ a
        correlate = lambda x: np.array([np.sum(r * np.roll(x, m)) for m in range(N)])
        a, b = a + 2 * eta * correlate(b), b + 2 * eta * correlate(a)
    return a, b


rng = np.random.default_rng(33)
noise = 0.5 * rng.normal(size=(12, N))
a, b = pixel_run(1e-3, noise)
out["pixelSteps"] = {"stepSize": 1e-3, "noise": noise.tolist(), "k1": a.tolist(), "k2": b.tolist()}


def fourier_run(eta, sigma, steps, marks, seed, sides="none", lam=0.0, equal=False):
    rng = np.random.default_rng(seed)
    A, B = K1.copy(), K2.copy()
    if equal:
        s = (np.mean(np.abs(A[1:]) ** 2) / np.mean(np.abs(B[1:]) ** 2)) ** 0.25
        A, B = A / s, B * s
    c = K1 * K2
    kept = {}
    for t in range(steps + 1):
        if t in marks:
            kept[t] = [ratio(A, B), float(np.mean(errors(A, B)[1:-1]))]
        r = c + np.fft.fft(sigma * rng.normal(size=N)) - A * B
        A, B = A + 2 * eta * np.conj(B) * r, B + 2 * eta * np.conj(A) * r
        if sides != "none":
            pa, pb = np.abs(A) ** 2, np.abs(B) ** 2
            w = pa / pa[1:].mean() - 1; w[0] = 0
            v = pb / pb[1:].mean() - 1; v[0] = 0
            s = np.mean(pb[1:] * w[1:]); s1 = np.mean(pa[1:] * v[1:])
            B = B * (1 - lam * 4 * s * w / (N - 1))
            if sides == "both":
                A = A * (1 - lam * 4 * s1 * v / (N - 1))
    return kept


def repeated(marks, **options):
    runs = [fourier_run(marks=marks, seed=s, **options) for s in range(4)]
    values = np.array([[run[m] for m in marks] for run in runs])
    return {"steps": list(marks), "mean": values.mean(0).tolist(), "deviation": values.std(0, ddof=1).tolist()}


out["fig3b"] = {
    "plain": repeated((1000, 5000, 10000, 20000, 40000), eta=1e-3, sigma=0.5, steps=40000),
    "slow": repeated((40000,), eta=4e-4, sigma=1.0, steps=40000),
    "k2": {str(lam): repeated((40000,), eta=1e-3, sigma=0.5, steps=40000, sides="k2", lam=lam) for lam in (1e-4, 1e-3, 1e-2)},
    "equalPlain": repeated((20000,), eta=1e-3, sigma=0.5, steps=20000, equal=True),
    "both": {str(lam): repeated((20000,), eta=1e-3, sigma=0.5, steps=20000, sides="both", lam=lam, equal=True) for lam in (1e-3, 1e-2)},
}


# Model 2, d = 101, with and without the spectral step.
d = 101
i = np.arange(1, d)
perms = [(g * i) % d - 1 for g in range(2, d)]
LAWS = {"uniform": lambda r: r.uniform(0.5, 1.5, d - 1), "lognormal": lambda r: r.lognormal(0, 0.5, d - 1)}


def diagonal_run(law, lam, sides, equal, seed):
    r = np.random.default_rng(seed)
    A, B = LAWS[law](r), LAWS[law](r)
    if equal:
        A, B = A / np.sqrt(np.mean(A ** 2)), B / np.sqrt(np.mean(B ** 2))
    a, b, c = A.copy(), B.copy(), A * B
    for _ in range(12000):
        res = c + 0.5 * r.normal(size=d - 1) - a * b
        a, b = a + 0.04 * b * res, b + 0.04 * a * res
        if sides != "none":
            w = b ** 2 / np.mean(b ** 2) - 1
            a = a * (1 - lam * 4 * np.mean(a ** 2 * w) * w)
            if sides == "both":
                w = a ** 2 / np.mean(a ** 2) - 1
                b = b * (1 - lam * 4 * np.mean(b ** 2 * w) * w)
    rho = np.mean(a ** 2 * b ** 2) / (np.mean(a ** 2) * np.mean(b ** 2))
    err = np.mean([np.sum((a * b[p] - A * B[p]) ** 2) / np.sum((A * B[p]) ** 2) for p in perms])
    return [float(rho), float(err)]


CASES = [("uniform", 0, "none", False), ("uniform", 1e-3, "k2", False), ("uniform", 1e-2, "k2", False), ("uniform", 0, "none", True),
         ("uniform", 1e-3, "both", True), ("uniform", 3e-3, "both", True), ("lognormal", 0, "none", True), ("lognormal", 1e-3, "both", True)]
out["model2"] = []
for law, lam, sides, equal in CASES:
    v = np.array([diagonal_run(law, lam, sides, equal, 100 + s) for s in range(8)])
    out["model2"].append({"law": law, "strength": lam, "spectral": sides, "equalNorms": equal, "mean": v.mean(0).tolist(), "deviation": v.std(0, ddof=1).tolist()})


# Figure 3a: the variants, 2,000 chains vectorised, from (1, 1).
def chains(mode, rng, steps=15000, count=2000):
    a = np.ones(count); b = np.ones(count)
    s, e = 0.5, 0.02
    early = 0.0
    for t in range(steps):
        C = 1 + s * rng.normal(size=count)
        if mode == "independent":
            C2 = 1 + s * rng.normal(size=count); p = a * b
            a, b = a + 2 * e * b * (C - p), b + 2 * e * a * (C2 - p)
        elif mode == "asynchronous":
            m = rng.random(count) < 0.5; r = C - a * b
            a, b = np.where(m, a + 2 * e * b * r, a), np.where(m, b, b + 2 * e * a * r)
        elif mode == "gauss-seidel":
            a = a + 2 * e * b * (C - a * b); b = b + 2 * e * a * (C - a * b)
        elif mode == "alternating":
            a = a + 2 * e * b * (C - a * b); C2 = 1 + s * rng.normal(size=count); b = b + 2 * e * a * (C2 - a * b)
        if t == 499:
            early = float(np.mean(a * a - b * b) / 500)
    k = a * a - b * b
    return {"variant": mode, "mean": float(k.mean()), "deviation": float(k.std()), "logDeviation": float(np.log(np.abs(a / b)).std()), "early": early}


rng = np.random.default_rng(6)
out["variants"] = [chains(m, rng) for m in ("independent", "asynchronous", "alternating", "gauss-seidel")]

# Direction of causation: 2,000 random causes and filters of 10 taps on 256 frequencies.
rng = np.random.default_rng(10)
f, bk = [], []
for _ in range(2000):
    S = np.abs(np.fft.fft(rng.normal(size=10), 256)) ** 2
    H = np.abs(np.fft.fft(rng.normal(size=10), 256)) ** 2
    Y = S * H
    f.append(np.mean(Y) / (S.mean() * H.mean())); bk.append(np.mean(S) / (Y.mean() * np.mean(1 / H)))
f, bk = np.array(f), np.array(bk)
out["direction"] = {"mean": float(f.mean()), "deviation": float(f.std()), "median": float(np.median(f)), "backwardMedian": float(np.median(bk)), "largestProduct": float((f * bk).max()), "correct": float(np.mean(np.abs(f - 1) < np.abs(bk - 1)))}

# Equation (13): the path of the ratio down from the balanced solution, rate .005 M.
A, B = (K1 / balanced)[1:], (K2 * balanced)[1:]
w = np.abs(A) ** 2 / np.mean(np.abs(A) ** 2) - 1
path = []
for t in range(101):
    path.append(float(np.mean(np.abs(A) ** 2 * np.abs(B) ** 2) / (np.mean(np.abs(A) ** 2) * np.mean(np.abs(B) ** 2))))
    if t == 0:
        out["eq13"] = {"objective": float(np.mean(np.abs(B) ** 2 * w) ** 2)}
    B = B - 0.005 * 4 * np.mean(np.abs(B) ** 2 * w) * w * B
out["eq13"]["path"] = {str(t): path[t] for t in (0, 5, 20, 50, 100)}

# The trace method on full matrices.
rng = np.random.default_rng(12)
a, b = rng.normal(size=(6, 6)), rng.normal(size=(6, 6))
tau = lambda m: np.trace(m) / 6
out["trace"] = {"a": a.ravel().tolist(), "b": b.ravel().tolist(), "ratio": float(tau(a @ b @ b.T @ a.T) / (tau(a @ a.T) * tau(b @ b.T)))}
print(json.dumps(out))

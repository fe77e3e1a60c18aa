"""Independent numbers for the transforms and the spectral density ratio: NumPy's own FFT on signals given by a formula.

python3 test/oracles/theoryTransforms.py > test/oracles/theoryTransforms.json
"""
import json
import numpy as np

LENGTHS = [1, 2, 3, 5, 8, 12, 31, 61, 64, 101, 122, 160, 161, 211, 256, 509, 1000, 1021]
GRIDS = [(8, 8), (4, 16), (7, 11), (5, 8), (31, 31), (64, 64)]


def signal(n):
    m = np.arange(n)
    return np.sin(0.37 * m * m + 0.2) + 0.5 * np.cos(1.7 * m) + 0.1 * m / n


def checksum(values):
    """Five numbers that no error in one entry leaves as they are."""
    k = np.arange(values.size)
    v = values.ravel()
    return [float(np.sum(v.real)), float(np.sum(v.imag)), float(np.sum(v.real * np.sin(k + 1))), float(np.sum(v.imag * np.cos(2 * k + 1))), float(np.sum(np.abs(v) ** 2))]


def sdr(power, kernel_power, dropped):
    keep = np.ones(power.size, bool)
    keep[dropped] = False
    s, p = power.ravel()[keep], kernel_power.ravel()[keep]
    return float(np.mean(s * p) / (np.mean(s) * np.mean(p)))


out = {"lengths": [], "grids": [], "ratios": []}
for n in LENGTHS:
    x = signal(n)
    z = x + 1j * signal(n + 3)[3:]
    out["lengths"].append({"length": n, "real": checksum(np.fft.fft(x)), "complex": checksum(np.fft.fft(z)), "inverse": checksum(np.fft.ifft(z))})
for h, w in GRIDS:
    x = signal(h * w).reshape(h, w)
    k = np.zeros((h, w))
    k[:3, :3] = signal(20)[11:].reshape(3, 3)
    power, kernel_power = np.abs(np.fft.fft2(x)) ** 2, np.abs(np.fft.fft2(k)) ** 2
    out["grids"].append({"height": h, "width": w, "spectrum": checksum(np.fft.fft2(x)), "power": checksum(power + 0j)})
    dropped = [0] if h % 2 or w % 2 else [0, w // 2, h // 2 * w, h // 2 * w + w // 2]
    out["ratios"].append({"height": h, "width": w, "dropped": dropped, "ratio": sdr(power, kernel_power, dropped)})
print(json.dumps(out, indent=1))

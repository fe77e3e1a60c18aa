"""A non-negative matrix factorisation with scikit-learn: the peer of `benchPieces.js nmf`.

usage: python nmf_sklearn.py ROWS SIDE RANK ITERATIONS STARTS RUNS
Prints one JSON line. Needs numpy and scikit-learn. The same matrix (a row is a bump somewhere in a picture), the same multiplicative
updates, as many of them and as many random starts, of which the best is kept. `error` is its Frobenius norm, to be near that of ours.
"""
import sys
import warnings

import numpy as np
import sklearn
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning

from timing import print_times, time_runs

rows, side, rank, iterations, starts, runs = map(int, sys.argv[1:])
# It warns where a limit of iterations ends it, which is what is asked for.
warnings.simplefilter("ignore", ConvergenceWarning)
row = np.arange(rows)[:, None, None]
y, x = np.mgrid[0:side, 0:side]
top, left = side * ((5 * row) % rows) / rows, side * row / rows
matrix = (0.05 + np.exp(-((y - top) ** 2 + (x - left) ** 2) / (side * 2))).reshape(rows, side * side)


def factorise():
    global error
    error = min(fit(start) for start in range(starts))


def fit(start):
    model = NMF(rank, init="random", solver="mu", tol=0, max_iter=iterations, random_state=start)
    model.fit_transform(matrix)
    return float(model.reconstruction_err_)


times = time_runs(runs, factorise)
print_times(f"scikit-learn {sklearn.__version__}", 2, times, error=error)

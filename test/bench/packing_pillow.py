"""Photographs to 64x64 squares in one file with Pillow, in two processes: the peer of `benchPieces.js packing`.

usage: python packing_pillow.py FOLDER COUNT RUNS
Prints one JSON line: milliseconds for COUNT photographs, the first of the folder by name; the processes are there before the clock starts.
Needs pillow and numpy. The crop is ours: the central 148 of CelebA's 178 x 218, in other shapes the largest central square; the resize
is BILINEAR, which in Pillow is as wide as the reduction asks for.
"""
import os
import sys
import tempfile
from multiprocessing import Pool

import numpy as np
import PIL
from PIL import Image

from timing import print_times, time_runs

PROCESSES = 2
SIZE = 64


def box_of(width, height):
    side = min(width, height)
    if abs(width * 218 / (height * 178) - 1) < 0.005:
        side = round(148 * width / 178)
    left, top = (width - side) // 2, (height - side) // 2
    return left, top, left + side, top + side


def square(path):
    with Image.open(path) as picture:
        picture = picture.convert("RGB").crop(box_of(*picture.size))
        return np.asarray(picture.resize((SIZE, SIZE), Image.BILINEAR))


def files_of(folder):
    inside = os.path.join(folder, "img_align_celeba")
    folder = inside if os.path.isdir(inside) else folder
    return [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.lower().endswith((".jpg", ".jpeg"))]


if __name__ == "__main__":
    files = files_of(sys.argv[1])[: int(sys.argv[2])]
    with Pool(PROCESSES) as pool, tempfile.TemporaryDirectory() as target:

        def pack():
            np.save(os.path.join(target, "packed.npy"), np.stack(pool.map(square, files, chunksize=64)))

        times = time_runs(int(sys.argv[3]), pack)
    print_times(f"Pillow {PIL.__version__}", PROCESSES, times, pictures=len(files))

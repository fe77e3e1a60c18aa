"""Oracle of src/engine/math/random.ts.

The generator in whole numbers of any size, with a mask after each operation: sfc32 (Chris Doty-Humphrey, PractRand) of which the
first 12 words are dropped, its three words of state from MurmurHash3's 32-bit finaliser (Austin Appleby). From the words:
uniform numbers, normal ones by the polar method (Marsaglia and Bray 1964), a permutation (Fisher and Yates; Durstenfeld 1964).
Needs nothing. Run: python3 test/oracles/random.py
"""

import json
import math
from pathlib import Path

MASK = 0xFFFFFFFF


def finalise(word):
    word &= MASK
    word ^= word >> 16
    word = word * 0x85EBCA6B & MASK
    word ^= word >> 13
    word = word * 0xC2B2AE35 & MASK
    return word ^ word >> 16


def words(seed, streams):
    first = finalise(seed ^ 0x9E3779B9)
    second = finalise((seed >> 32) + 0x85EBCA77)
    for stream in streams:
        first = finalise(first ^ finalise(stream + 0x27D4EB2F))
        second = finalise(second + first * 0x165667B1)
    a, b, c, counter = first, second, finalise(first ^ second), 1
    dropped = 0
    while True:
        word = (a + b + counter) & MASK
        counter = (counter + 1) & MASK
        a, b, c = b ^ b >> 9, (c + (c << 3)) & MASK, ((c << 21 | c >> 11) + word) & MASK
        if dropped < 12:
            dropped += 1
        else:
            yield word


def uniforms(seed, streams):
    return (word / 2**32 for word in words(seed, streams))


def normals(seed, streams, count):
    source = uniforms(seed, streams)
    found = []
    while len(found) < count:
        u, v = 2 * next(source) - 1, 2 * next(source) - 1
        square = u * u + v * v
        if 0 < square < 1:
            factor = math.sqrt(-2 * math.log(square) / square)
            found += [u * factor, v * factor]
    return found[:count]


def permutation(count, seed, streams):
    source = uniforms(seed, streams)
    order = list(range(count))
    for i in range(count - 1, 0, -1):
        j = math.floor(next(source) * (i + 1))
        order[i], order[j] = order[j], order[i]
    return order


generators = [(0, []), (7, []), (7, [0]), (7, [1, 2]), (2**32 + 7, []), (2**40 + 123456789, [3, 1, 4, 1, 5])]
result = {"generators": [], "permutation": {"count": 12, "seed": 9, "streams": [2, 6], "order": permutation(12, 9, [2, 6])}}
for seed, streams in generators:
    source = words(seed, streams)
    for _ in range(2000):
        late = next(source)
    source = words(seed, streams)
    result["generators"].append(
        {
            "seed": seed,
            "streams": streams,
            "words": [next(source) for _ in range(6)],
            "word2000": late,
            "normals": normals(seed, streams, 5),
        }
    )
Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")

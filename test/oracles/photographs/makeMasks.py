"""Masks from the polygons of celeba.json or ffhq.json: python makeMasks.py celeba OUT

OUT/masks holds a PNG for each photograph, of its size: white hair, black not, grey unknown, as `extrapolate modules --gate-from`
takes them. OUT/regions holds what measurements are taken over: 0 background, 60 face, 120 body, 180 hair, 240 unknown.

The polygons were drawn by eye on photographs 009001 to 009500 of CelebA's aligned pictures and on FFHQ thumbnails of 128 pixels, in pixels of the photograph from its upper left
corner. "balanced" photographs were picked for light and dark hair on light and dark backgrounds, "random" ones by lot.
Unknown covers hair, hair covers body, body covers face. Needs Pillow.
"""
import json
import os
import sys
from PIL import Image, ImageDraw

SIZES = {"celeba": (178, 218), "ffhq": (128, 128)}
LAYERS = (("face", 60), ("body", 120), ("hair", 180), ("notHair", 60), ("unknown", 240))
FINE = 8


def regions(entry, size):
    """One code a pixel: what covers the middle of its eighths most often."""
    large = Image.new("L", (size[0] * FINE, size[1] * FINE), 0)
    draw = ImageDraw.Draw(large)
    for name, code in LAYERS:
        for polygon in entry[name]:
            if len(polygon) > 2:
                draw.polygon([(x * FINE, y * FINE) for x, y in polygon], fill=code)
    return large.resize(size, Image.NEAREST)


def main(which, out):
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, which + ".json"), encoding="utf-8") as file:
        entries = json.load(file)
    for name in ("masks", "regions"):
        os.makedirs(os.path.join(out, name), exist_ok=True)
    for photograph, entry in entries.items():
        codes = regions(entry, SIZES[which])
        file = os.path.splitext(photograph)[0] + ".png"
        codes.save(os.path.join(out, "regions", file))
        codes.point(lambda code: 255 if code == 180 else 128 if code == 240 else 0).save(os.path.join(out, "masks", file))
    print(f"{len(entries)} photographs in {out}")


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in SIZES:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])

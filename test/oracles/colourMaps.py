"""Writes colourMaps.json: the 256 colours of viridis and magma as Matplotlib defines them, six hex digits each.
Needs matplotlib. Run: python3 test/oracles/colourMaps.py"""

import json
import pathlib

import matplotlib

maps = {}
for name in ("viridis", "magma"):
    colors = matplotlib.colormaps[name].colors
    maps[name] = "".join("%02X" % round(c * 255) for color in colors for c in color)
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(maps, indent=1) + "\n")

"""Reads exports as torchvision's ImageFolder, whose classes are their parts. Run: python3 readTorchvision.py FOLDER …"""

import sys

from told import Told, tell
from torchvision.datasets import ImageFolder

found = {}
for folder in sys.argv[1:]:
    pictures = ImageFolder(folder)
    told = {name: Told() for name in pictures.classes}
    for picture, number in pictures:
        told[pictures.classes[number]].add(picture)
    found[folder] = {name: one.result() for name, one in told.items()}
tell({"ImageFolder": found})

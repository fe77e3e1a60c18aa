"""Reads exports by FiftyOne's importer of folders of pictures, part by part, without its database. Run: python3 readFiftyone.py FOLDER …"""

import os
import sys

from fiftyone.utils.data.importers import ImageDirectoryImporter
from PIL import Image
from told import Told, tell

found = {}
for folder in sys.argv[1:]:
    told = {}
    for split in sorted(entry.name for entry in os.scandir(folder) if entry.is_dir()):
        one = told[split] = Told()
        with ImageDirectoryImporter(dataset_dir=os.path.join(folder, split)) as importer:
            for path, _ in importer:
                with Image.open(path) as picture:
                    one.add(picture)
    found[folder] = {name: one.result() for name, one in told.items()}
tell({"ImageDirectory": found})

#!/usr/bin/env bash
# FiftyOne 1.22.1, ImageClassificationDirectoryTree: every file below the folder of a class becomes a sample, of whatever kind it is. A table beside the
# pictures, such as the metadata.jsonl of a Hugging Face imagefolder, is one more "picture" of the class. ImageDirectory takes pictures alone.
# Who shares one folder between both readers reads it with ImageDirectory and joins the table by file name, or keeps the table elsewhere.
# Wheels of fiftyone from PyPI; some minutes. The importers are asked without FiftyOne's database, which is not needed for this.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" --quiet install fiftyone==1.22.1 pillow==13.0.0
cat > "$work/check.py" <<'PY'
import os
import sys

import fiftyone
from fiftyone.utils.data.importers import ImageClassificationDirectoryTreeImporter, ImageDirectoryImporter
from PIL import Image

folder = os.path.join(sys.argv[1], "set")
os.makedirs(os.path.join(folder, "cat"))
Image.new("RGB", (4, 4), "red").save(os.path.join(folder, "cat", "a.png"))
with open(os.path.join(folder, "cat", "metadata.jsonl"), "w") as table:
    table.write('{"file_name": "a.png"}\n')


def samples(importer):
    with importer:
        return sorted(os.path.basename(sample[0]) for sample in importer)


print("FiftyOne", fiftyone.__version__)
found = {kind.__name__: samples(kind(dataset_dir=folder)) for kind in (ImageDirectoryImporter, ImageClassificationDirectoryTreeImporter)}
print(found)
if found != {"ImageDirectoryImporter": ["a.png"], "ImageClassificationDirectoryTreeImporter": ["a.png", "metadata.jsonl"]}:
    sys.exit("This FiftyOne behaves otherwise than was seen.")
PY
HOME="$work" FIFTYONE_DO_NOT_TRACK=1 "$work/venv/bin/python" "$work/check.py" "$work" 2> "$work/log" || { cat "$work/log"; exit 1; }

#!/usr/bin/env bash
# Hugging Face datasets 5.2.0, load_dataset("imagefolder") with metadata.jsonl: columns and types are guessed from the first rows and never looked
# at again, without a warning. Whole numbers in the first 10 MiB make 0.5 further down a 0, also when streamed. A column of texts that all look like
# dates, such as the names of runs, becomes a column of times. A column named "image" takes the pictures' place, and one that ends in "_file_name",
# also inside a struct, is opened as a picture. A column that is null throughout the first 10 MiB stops the load, but not the stream, and one that
# is null throughout one split stops both.
# Who writes such metadata keeps every column of one type and without nulls, writes fractions with a point in the first rows, and avoids these names.
# Wheels of datasets and Pillow from PyPI; about a minute.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" --quiet install datasets==5.2.0 pillow==12.0.0 pyarrow==26.0.1
cat > "$work/check.py" <<'PY'
import json
import os
import sys

import datasets
from PIL import Image

datasets.disable_progress_bars()
datasets.utils.logging.set_verbosity_error()
work = sys.argv[1]
long = "x" * 400


def read(name, parts, streaming=False):
    """The last row and the columns of each part, or the error's kind; every row has the same little picture."""
    folder = os.path.join(work, name)
    for part, rows in parts.items():
        os.makedirs(os.path.join(folder, part), exist_ok=True)
        Image.new("RGB", (4, 4), "red").save(os.path.join(folder, part, "a.png"))
        with open(os.path.join(folder, part, "metadata.jsonl"), "w") as file:
            file.writelines(json.dumps({"file_name": "a.png", **row}) + "\n" for row in rows)
    try:
        found = datasets.load_dataset("imagefolder", data_dir=folder, streaming=streaming)
        return {part: list(rows)[-1] for part, rows in found.items()}
    except Exception as error:
        return type(error).__name__


def column(name, parts, column, streaming=False):
    found = read(name, parts, streaming)
    return found if isinstance(found, str) else type(found["train"][column]).__name__ + " " + str(found["train"][column])[:20]


late = [{"text": long, "value": 1}] * 30000 + [{"text": long, "value": 0.5}]
absent = [{"text": long, "value": None}] * 30000 + [{"text": long, "value": 7}]
seen = {
    "0.5 after 10 MiB of 1": column("late", {"train": late}, "value"),
    "the same, streamed": column("lateStreamed", {"train": late}, "value", streaming=True),
    "texts that look like dates": column("dates", {"train": [{"value": "2026-11-30"}] * 2}, "value"),
    "the same beside another text": column("mixed", {"train": [{"value": "2026-11-30"}, {"value": "none"}]}, "value"),
    "a column named image": column("image", {"train": [{"image": "a text"}] * 2}, "image"),
    "old_file_name in a struct": read("inner", {"train": [{"about": {"old_file_name": "b.png"}}] * 2}),
    "null in the first 10 MiB": read("absent", {"train": absent}),
    "the same, streamed ": column("absentStreamed", {"train": absent}, "value", streaming=True),
    "null in one split": read("split", {"train": [{"value": 1}], "test": [{"value": None}]}),
}
expected = {
    "0.5 after 10 MiB of 1": "int 0",
    "the same, streamed": "int 0",
    "texts that look like dates": "datetime 2026-11-30 00:00:00",
    "the same beside another text": "str none",
    "a column named image": "str a text",
    "old_file_name in a struct": "FileNotFoundError",
    "null in the first 10 MiB": "DatasetGenerationError",
    "the same, streamed ": "int 7",
    "null in one split": "ValueError",
}
print("datasets", datasets.__version__)
for name, value in seen.items():
    print(f"{name.strip()}: {value}")
if seen != expected:
    sys.exit("This version of datasets behaves otherwise than 5.2.0 did.")
PY
HF_HOME="$work/home" HF_HUB_OFFLINE=1 "$work/venv/bin/python" "$work/check.py" "$work" 2> "$work/log" || { cat "$work/log"; exit 1; }

"""Unpacks the wanted files of a wheel: unpack.py WHEEL TARGET KEEP LEAVE (the last two are lists in JSON; see pins.mjs)."""

import json
import os
import sys
import zipfile

from end_with_parent import end_with_parent


def main(wheel, target, keep, leave):
    folders = tuple(name for name in keep if name.endswith("/"))
    files = {name for name in keep if not name.endswith("/")}
    endings = tuple(name for name in leave if name.startswith("."))
    left = {name for name in leave if not name.startswith(".")}
    found = set()
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            name = entry.filename
            wanted = name in files or name.startswith(folders)
            if not wanted or name.endswith("/") or name.endswith(endings) or left & set(name.split("/")):
                continue
            path = archive.extract(entry, target)
            found.add(name)
            mode = (entry.external_attr >> 16) & 0o777
            if mode:
                os.chmod(path, mode | 0o600)
    missing = sorted(files - found)
    if missing:
        sys.exit("the wheel holds no " + ", ".join(missing))


if __name__ == "__main__":
    end_with_parent()
    try:
        main(sys.argv[1], sys.argv[2], json.loads(sys.argv[3]), json.loads(sys.argv[4]))
    except (OSError, zipfile.BadZipFile, EOFError) as error:
        sys.exit(str(error))

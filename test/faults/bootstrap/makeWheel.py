"""Writes a wheel: makeWheel.py FILE NAME VERSION TAG FOLDER; the files below FOLDER become its contents."""

import os
import sys
import zipfile

file, name, version, tag, folder = sys.argv[1:]
info = f"{name.replace('-', '_')}-{version}.dist-info"
with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
    for place, _, names in sorted(os.walk(folder)):
        for entry in sorted(names):
            path = os.path.join(place, entry)
            archive.write(path, os.path.relpath(path, folder))
    archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    archive.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: false\nTag: {tag}\n")
    archive.writestr(f"{info}/RECORD", "")

"""Reads CelebA's lists with the reader of torchvision's CelebA. The class itself takes no lists but the original's, by their checksums.
Run: python3 readCelebaLists.py FOLDER …"""

import json
import os
import sys
from types import SimpleNamespace

from torchvision.datasets import CelebA

headers = {"list_attr_celeba.txt": 1, "list_landmarks_align_celeba.txt": 1, "list_eval_partition.txt": None}
found = {}
for folder in sys.argv[1:]:
    place = SimpleNamespace(root=folder, base_folder="")
    lists = {name: CelebA._load_csv(place, name, header=header) for name, header in headers.items() if os.path.exists(os.path.join(folder, name))}
    found[folder] = {name: {"names": [word for word in one.header if word], "files": one.index, "values": one.data.tolist()} for name, one in lists.items()}
print("TOLD" + json.dumps(found))

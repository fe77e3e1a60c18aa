"""Reads exports with Hugging Face's datasets in four ways, as people do. Run: python3 readDatasets.py FOLDER …"""

import sys
import tempfile
from pathlib import Path

import datasets
import torch
from told import Told, tell

datasets.disable_progress_bars()


def typed(features):
    """Column names with their types; those of the attributes one by one."""
    found = {}
    for name, feature in features.items():
        if isinstance(feature, dict):
            found.update({f"{name}.{inner}": value.dtype for inner, value in feature.items()})
        else:
            found[name] = "picture" if isinstance(feature, datasets.Image) else feature.dtype
    return found


def read(parts):
    told = {}
    for split, rows in parts.items():
        one = told[split] = Told()
        for row in rows:
            row = dict(row)
            one.add(row.pop("image"), row)
        one.columns = typed(rows.features)
    return told


def plain(folder):
    return read(datasets.load_dataset("imagefolder", data_dir=folder))


def by_path(folder):
    """Without saying what kind of folder it is."""
    return read(datasets.load_dataset(folder))


def streamed(folder):
    return read(datasets.load_dataset("imagefolder", data_dir=folder, streaming=True))


def parquet(folder):
    """Written with to_parquet and read again."""
    with tempfile.TemporaryDirectory() as place:
        files = {}
        for split, rows in datasets.load_dataset("imagefolder", data_dir=folder).items():
            files[split] = str(Path(place, f"{split}.parquet"))
            rows.to_parquet(files[split])
        return read(datasets.load_dataset("parquet", data_files=files))


def plainly(value):
    """A row of a batch as Python's own values: of tensors their number, of lists the entry."""
    return value.item() if isinstance(value, torch.Tensor) else value


def loader(folder):
    """with_format("torch") in batches of a DataLoader."""
    told = {}
    for split, rows in datasets.load_dataset("imagefolder", data_dir=folder).items():
        one = told[split] = Told()
        for batch in torch.utils.data.DataLoader(rows.with_format("torch"), batch_size=max(3, len(rows) // 50)):
            pictures = batch.pop("image")
            assert pictures.dtype == torch.uint8 and tuple(pictures.shape[1:]) == (3, 64, 64), pictures.shape
            for at, picture in enumerate(pictures):
                row = {}
                for name, values in batch.items():
                    inner = {k: plainly(v[at]) for k, v in values.items()} if isinstance(values, dict) else plainly(values[at])
                    row[name] = inner
                one.add(picture.permute(1, 2, 0).contiguous().numpy(), row)
        one.columns = typed(rows.features)
    return told


ways = {"load_dataset": plain, "its path alone": by_path, "streaming": streamed, "to_parquet": parquet, "DataLoader": loader}
tell({way: {folder: {split: one.result() for split, one in read_by(folder).items()} for folder in sys.argv[1:]} for way, read_by in ways.items()})
assert "tensorflow" not in sys.modules, "PyTorch and TensorFlow do not share a process"

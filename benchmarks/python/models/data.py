"""What a training waits for: the training set of MNIST, from compressed files to batches."""

import gzip
import os
import pathlib

import numpy as np

from model import Model, Run, root_mean_square

BATCH, EXAMPLES, PIXELS = 128, 60_000, 784


def folders():
    """Where data sets may be."""
    repository = pathlib.Path(__file__).resolve().parents[3]
    named = os.environ.get("CAJAL_DATA")
    return [pathlib.Path(each).resolve() for each in (named, repository.parent / "shared" / "data") if each]


def folder():
    """Where MNIST's files are; none if they are nowhere."""
    return next((each for each in folders() if (each / "mnist" / "train-images-idx3-ubyte.gz").exists()), None)


def read(name, skip):
    """The bytes of a compressed IDX file behind its header."""
    with gzip.open(folder() / "mnist" / name) as file:
        return np.frombuffer(file.read(), np.uint8, offset=skip)


class Loading(Model):
    kind = "data"

    def __init__(self, name, title, reads):
        self.name, self.title, self.reads = name, title, reads

    def problem(self):
        return None if folder() else "there is no MNIST: the variable CAJAL_DATA names the folder that has mnist/*.gz"

    def environment(self):
        return {"CAJAL_DATA": str(folder())}

    def has(self, peer, variant):
        return variant == "eager"

    def inputs(self):
        return {"order": np.random.default_rng(9).permutation(EXAMPLES).astype(np.int32)}

    def pytorch(self, inputs, variant):
        """All in memory, and a batch by its positions: several times faster than a DataLoader, which collates example by example."""
        import torch

        def load():
            pixels = read("train-images-idx3-ubyte.gz", 16).reshape(EXAMPLES, PIXELS)
            labels = read("train-labels-idx1-ubyte.gz", 8)
            # A copy: torch wants memory that may be written.
            return torch.from_numpy(pixels.copy()), torch.from_numpy(labels.astype(np.int64))

        order = torch.from_numpy(inputs["order"]).long()
        held, last, classes = load(), None, 0

        def step():
            nonlocal held, last, classes
            if self.reads:
                held = load()
            pixels, labels = held
            for begin in range(0, EXAMPLES - BATCH + 1, BATCH):
                positions = order[begin : begin + BATCH]
                last = pixels[positions].float().mul_(1 / 255)
                classes = len(labels[positions])

        return Run(step, lambda: root_mean_square(last.numpy()) + classes)


MODELS = [
    Loading("data-loading", "MNIST's training set from gzip files, and its 468 batches of 128", True),
    Loading("data-batches", "468 batches of 128 of MNIST in memory", False),
]

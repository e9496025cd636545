"""What a training on a folder of pictures waits for: one epoch of batches, decoded from JPEG files by as many workers as there are threads."""

import importlib.metadata
import io
import os
import pathlib
import random
import sys
import tarfile
import tempfile

import numpy as np

from model import Model, Run, root_mean_square
from models import data

BATCH, VARIABLE = 128, "CAJAL_PICTURES"
ARCHIVE = pathlib.Path("cifar10-jpeg") / "cifar10-jpeg.tar.gz"


def archive():
    """CIFAR-10 as JPEG files; none if it is nowhere."""
    for each in data.folders():
        if (each / ARCHIVE).exists():
            return each / ARCHIVE
    return None


def small(count):
    """Names, with the class in front, and contents of some pictures of CIFAR-10."""
    with tarfile.open(archive()) as files:
        for member in files:
            path = pathlib.PurePosixPath(member.name)
            if member.isfile() and path.suffix == ".jpg" and path.parts[0] == "test" and int(path.stem) % 1000 < count // 10:
                yield f"{path.parts[1]}-{path.name}", files.extractfile(member).read()


def large(count):
    """Pictures as cameras make them, of 500 x 375 pixels: twelve enlarged pictures of CIFAR-10 each."""
    from PIL import Image

    parts = [Image.open(io.BytesIO(content)).resize((125, 125), Image.Resampling.BICUBIC) for _, content in small(1000)]
    chance = random.Random(3)
    for number in range(count):
        picture = Image.new("RGB", (500, 375))
        for top in range(0, 375, 125):
            for left in range(0, 500, 125):
                picture.paste(chance.choice(parts), (left, top))
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=90)
        yield f"{'ab'[number % 2]}-{number:04}.jpg", out.getvalue()


class Pictures(Model):
    kind, group = "data", "pictures"
    def __init__(self, name, title, source, count, size, agrees):
        self.name, self.title, self.source, self.count, self.size = name, title, source, count, size
        self.agrees = agrees
        # Each is a whole epoch.
        self.first_steps = Model.first_steps if agrees else 1
        self.folder = None

    def problem(self):
        if not archive():
            return f"there is no CIFAR-10: the variable CAJAL_DATA names the folder that has {ARCHIVE}"
        try:
            import PIL  # noqa: F401
        except ImportError:
            return "there is no Pillow, which comes with torchvision"
        return None

    def environment(self):
        """The pictures are written once, and are gone when the driver ends."""
        if not self.folder:
            self.folder = tempfile.TemporaryDirectory(prefix="cajal-pictures-")
            for name, content in self.source(self.count):
                kind, _, file = name.partition("-")
                path = pathlib.Path(self.folder.name) / kind / file
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(content)
        return {VARIABLE: self.folder.name}

    def has(self, peer, variant):
        return variant == "eager"

    def inputs(self):
        return {"order": np.random.default_rng(9).permutation(self.count).astype(np.int32)}

    def pytorch(self, inputs, variant):
        """torchvision's ImageFolder and a DataLoader whose workers stay."""
        import torch

        datasets, transforms = _torchvision(torch)

        resizing = [transforms.Resize(self.size), transforms.CenterCrop(self.size)] if self.size != 32 else []
        pictures = datasets.ImageFolder(
            os.environ[VARIABLE], transforms.Compose([*resizing, transforms.ToTensor()]))
        loader = torch.utils.data.DataLoader(
            pictures, BATCH, sampler=inputs["order"].tolist(), num_workers=torch.get_num_threads(), persistent_workers=True)
        last, classes = None, 0

        def step():
            nonlocal last, classes
            for last, labels in loader:
                classes = len(labels)

        return Run(step, lambda: root_mean_square(last.numpy()) + classes)


def _torchvision(torch):
    try:
        from torchvision import datasets, transforms
    except RuntimeError as error:  # it has no operators for this PyTorch
        version = importlib.metadata.version("torchvision")
        raise RuntimeError(
            f"torchvision {version} was made for another PyTorch than {torch.__version__} ({error}). Both have to come from one index: "
            f"{sys.executable} -m pip install --force-reinstall torch torchvision --index-url https://download.pytorch.org/whl/cpu") from error
    return datasets, transforms


MODELS = [
    Pictures("image-folder", "2,000 pictures of CIFAR-10 from JPEG files, in 16 batches", small, 2000, 32, True),
    # What is made smaller while it is decoded differs by a level or two.
    Pictures("image-folder-large", "384 JPEG files of 500 x 375 pixels as pictures of 64 x 64, in 3 batches", large, 384, 64, False),
]

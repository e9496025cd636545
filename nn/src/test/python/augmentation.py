"""Changes of pictures, by torchvision, and Pillow where it is the original: one picture of 7 x 6 pixels for each."""

import math
import random

import torch
from torchvision.transforms.v2 import functional as f

from fixture import write

random.seed(5)
HEIGHT, WIDTH = 7, 6
BYTES = torch.tensor([random.randrange(256) for _ in range(3 * HEIGHT * WIDTH)], dtype=torch.uint8).reshape(3, HEIGHT, WIDTH)
# Few levels, so that some are frequent.
FEW = (BYTES // 40) * 37
PICTURE = BYTES.double() / 255


def last(tensor):
    """Channels last, as numbers from 0 to 1."""
    numbers = tensor.double() / 255 if tensor.dtype == torch.uint8 else tensor
    return numbers.permute(1, 2, 0).flatten().tolist()


def affine(angle=0.0, translate=(0.0, 0.0), scale=1.0, shear=(0.0, 0.0)):
    return last(f.affine(PICTURE, angle=angle, translate=list(translate), scale=scale, shear=list(shear),
                         interpolation=f.InterpolationMode.BILINEAR))


large = torch.tensor([random.randrange(60, 200) for _ in range(3 * 30 * 30)], dtype=torch.uint8).reshape(3, 30, 30)

write("layer", "augmentation.json", {
    "bytes": [float(x) for x in BYTES.permute(1, 2, 0).flatten().tolist()],
    "few": [float(x) for x in FEW.permute(1, 2, 0).flatten().tolist()],
    "rotated": affine(angle=25.0),
    "enlarged": affine(scale=1.4),
    "moved": affine(translate=(1, -2)),
    "sheared_rows": affine(shear=(math.degrees(math.atan(0.3)), 0.0)),
    "sheared_columns": affine(shear=(0.0, math.degrees(math.atan(0.2)))),
    "all": affine(angle=-70.0, translate=(1, 1), scale=0.8),
    "resized_crop": last(f.resized_crop(PICTURE, 1, 2, 5, 3, [HEIGHT, WIDTH], antialias=False)),
    "brightness": last(f.adjust_brightness(PICTURE, 1.6)),
    "contrast": last(f.adjust_contrast(PICTURE, 1.7)),
    "saturation": last(f.adjust_saturation(PICTURE, 0.3)),
    "sharpness": last(f.adjust_sharpness(PICTURE, 1.9)),
    "posterize": last(f.posterize(BYTES, 5)),
    "solarize": last(f.solarize(PICTURE, 0.6)),
    "auto_contrast": last(f.autocontrast(PICTURE * 0.5 + 0.2)),
    "equalize": last(f.equalize(BYTES)),
    "equalize_few": last(f.equalize(FEW)),
    "large": [float(x) for x in large.permute(1, 2, 0).flatten().tolist()],
    "equalize_large": last(f.equalize(large)),
})

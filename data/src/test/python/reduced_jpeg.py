"""Small JPEG files of several kinds.

    pip install pillow==12.3.0
    python reduced_jpeg.py
"""

import math
import pathlib

from PIL import Image

FOLDER = pathlib.Path(__file__).parent.parent / "resources/dev/cajal/data/image/reduced"
WIDTH, HEIGHT = 75, 58


def picture(mode):
    """Waves of several lengths, and an edge."""
    image = Image.new("RGB", (WIDTH, HEIGHT))
    for y in range(HEIGHT):
        for x in range(WIDTH):
            edge = 60 if (x - 30) ** 2 + (y - 25) ** 2 < 300 else 0
            image.putpixel((x, y), (
                int(110 + 60 * math.sin(x / 5) + edge),
                int(110 + 70 * math.sin((x + y) / 9)),
                int(130 + 60 * math.cos(y / 4) - edge)))
    return image.convert(mode)


FOLDER.mkdir(parents=True, exist_ok=True)
for name, mode, options in [
    ("420", "RGB", {"subsampling": 2}),
    ("422", "RGB", {"subsampling": 1}),
    ("444", "RGB", {"subsampling": 0}),
    ("grey", "L", {}),
    ("restarts", "RGB", {"subsampling": 2, "restart_marker_blocks": 2}),
    ("optimized", "RGB", {"subsampling": 2, "optimize": True}),
]:
    picture(mode).save(FOLDER / f"{name}.jpg", quality=88, **options)

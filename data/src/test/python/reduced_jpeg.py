"""JPEG files of several kinds, and what libjpeg-turbo makes of them at a half, a quarter and an eighth of their size (Pillow's draft mode).

    pip install pillow==12.3.0
    python reduced_jpeg.py
"""

import math
import pathlib

from PIL import Image

FOLDER = pathlib.Path(__file__).parent.parent / "resources/dev/cajal/data/image/reduced"
WIDTH, HEIGHT = 75, 58


def picture(mode):
    """Waves so long that all ways to make a picture smaller give about the same: libjpeg-turbo takes means of pixels, and Cajal low frequencies."""
    image = Image.new("RGB", (WIDTH, HEIGHT))
    for y in range(HEIGHT):
        for x in range(WIDTH):
            image.putpixel((x, y), (
                int(120 + 80 * math.sin(x / 10)),
                int(110 + 70 * math.sin((x + y) / 14)),
                int(120 + 90 * math.cos(y / 11))))
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
    file = FOLDER / f"{name}.jpg"
    picture(mode).save(file, quality=88, **options)
    for factor in (2, 4, 8):
        with Image.open(file) as image:
            image.draft(mode, (WIDTH // factor, HEIGHT // factor))
            image.load()
            assert image.size == (math.ceil(WIDTH / factor), math.ceil(HEIGHT / factor)), image.size
            image.save(FOLDER / f"{name}-{factor}.png")

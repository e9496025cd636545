"""How Pillow reads the odd images: python pillow.py FOLDER >src/test/resources/dev/cajal/data/image/odd-images.json

A picture is turned as its EXIF says, laid on white where it is transparent, and described by its size, by the mean of each of 4 x 4 parts, red, green
and blue, and where nothing is lost in its format by the SHA-256 of its pixels. A file that Pillow refuses has its message instead.
"""

import hashlib
import json
import pathlib
import sys
import warnings

from PIL import Image, ImageOps

PARTS = 4
LOSSLESS = (".png", ".gif", ".bmp", ".tif", ".tiff")


def eight_bits(image):
    """Pillow has no conversion of 16 bits to 8 that keeps the brightness."""
    if image.mode.startswith("I;16"):
        data = image.tobytes()
        big = image.mode.endswith("B")
        high = bytes(data[0::2] if big else data[1::2])
        grey = Image.frombytes("L", image.size, high)
        if "transparency" in image.info:
            values = data if not big else bytes(b for i in range(0, len(data), 2) for b in (data[i + 1], data[i]))
            clear = image.info["transparency"]
            alpha = bytes(0 if values[i] + 256 * values[i + 1] == clear else 255 for i in range(0, len(values), 2))
            grey = Image.merge("LA", (grey, Image.frombytes("L", image.size, alpha)))
        return grey
    if image.mode == "I":
        return image.point(lambda v: v / 257).convert("L")
    return image


def describe(path):
    with Image.open(path) as image:
        image.load()
        image = eight_bits(ImageOps.exif_transpose(image))
        rgba = image.convert("RGBA")
        white = Image.new("RGBA", rgba.size, (255, 255, 255, 255))
        flat = Image.alpha_composite(white, rgba).convert("RGB")
    width, height = flat.size
    means = []
    for i in range(PARTS):
        for j in range(PARTS):
            box = (j * width // PARTS, i * height // PARTS, (j + 1) * width // PARTS, (i + 1) * height // PARTS)
            pixels = list(flat.crop(box).get_flattened_data())
            means.append([round(sum(p[c] for p in pixels) / len(pixels), 2) for c in range(3)] if pixels else [])
    described = {"width": width, "height": height, "mode": image.mode, "means": means}
    if path.suffix in LOSSLESS:
        described["pixels"] = hashlib.sha256(flat.tobytes()).hexdigest()
    return described


def main(folder):
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    result = {}
    for path in sorted(p for p in pathlib.Path(folder).rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        try:
            result[name] = describe(path)
        except Exception as refused:
            result[name] = {"refused": f"{type(refused).__name__}: {refused}".replace(str(folder), "").split("\n")[0]}
    print("{\n" + ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in result.items()) + "\n}")


main(sys.argv[1])

"""Named NumPy arrays in a safetensors file, which Cajal reads without help."""

import json
import struct

import numpy as np

_NAMES = {"float32": "F32", "int32": "I32"}


def write(path, arrays):
    header, offset = {}, 0
    for name, array in arrays.items():
        header[name] = {
            "dtype": _NAMES[str(array.dtype)],
            "shape": list(array.shape),
            "data_offsets": [offset, offset + array.nbytes],
        }
        offset += array.nbytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)))
        file.write(text)
        for array in arrays.values():
            file.write(np.ascontiguousarray(array).tobytes())


def read(path):
    with open(path, "rb") as file:
        content = file.read()
    (length,) = struct.unpack_from("<Q", content)
    dtypes = {name: dtype for dtype, name in _NAMES.items()}
    arrays = {}
    for name, entry in json.loads(content[8 : 8 + length]).items():
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        array = np.frombuffer(content[begin:end], dtypes[entry["dtype"]])
        arrays[name] = array.reshape(entry["shape"]).copy()
    return arrays

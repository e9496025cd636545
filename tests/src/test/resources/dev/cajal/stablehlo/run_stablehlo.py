"""Parses and runs StableHLO programs with JAX's parser and XLA.

Argument: a folder. Its file `programs` has one line for each program: the name, then the type of each argument as `dtype:2,3`.
`NAME.mlir` is the program, `NAME.in0`, `NAME.in1`, ... its arguments, dense, in row-major order and native byte order.
Leaves `NAME.out0`, ... or, where something went wrong, `NAME.error` with the message.
"""

import pathlib
import sys

import jax

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_platforms", "cpu")

import ml_dtypes
import numpy
from jax._src.interpreters import mlir
from jax._src.lib import xla_client
from jaxlib.mlir import ir

DTYPES = {
    "f32": numpy.float32,
    "f64": numpy.float64,
    "bf16": ml_dtypes.bfloat16,
    "i32": numpy.int32,
    "i64": numpy.int64,
    "u8": numpy.uint8,
    "bool": numpy.bool_,
}


def compiled(text, cache={}):
    if text not in cache:
        device = jax.devices("cpu")[0]
        with mlir.make_ir_context():
            module = ir.Module.parse(text)
            module.operation.verify()
            devices = xla_client.DeviceList((device,))
            cache[text] = device.client.compile_and_load(module, devices, xla_client.CompileOptions())
    return cache[text]


def argument(path, kind):
    dtype, dims = kind.split(":")
    shape = [int(dim) for dim in dims.split(",") if dim]
    numbers = numpy.fromfile(path, DTYPES[dtype]).reshape(shape)
    return jax.device_put(numpy.array(numbers), jax.devices("cpu")[0])


def run(folder, name, kinds):
    executable = compiled((folder / f"{name}.mlir").read_text())
    arguments = [argument(folder / f"{name}.in{i}", kind) for i, kind in enumerate(kinds)]
    results = executable.execute_sharded(arguments).disassemble_into_single_device_arrays()
    for i, result in enumerate(results):
        numpy.asarray(result[0]).tofile(folder / f"{name}.out{i}")


def main(folder):
    for line in (folder / "programs").read_text().splitlines():
        name, *kinds = line.split("\t")
        try:
            run(folder, name, kinds)
        except Exception as error:
            (folder / f"{name}.error").write_text(f"{type(error).__name__}: {error}")


main(pathlib.Path(sys.argv[1]))

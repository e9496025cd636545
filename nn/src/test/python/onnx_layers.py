"""Layers by ONNX Runtime, a second judge besides PyTorch: outputs in single precision. Channels come first there, positions before the batch."""

import random

import numpy as np
import onnxruntime
from onnx import TensorProto, helper

from fixture import write

random.seed(15)


def numbers(*shape, scale=1.0):
    return np.array([float(f"{random.gauss(0, scale):.6g}") for _ in range(int(np.prod(shape)))]).reshape(shape)


def first(x):
    return np.moveaxis(x, -1, 1)


def last(x):
    return np.moveaxis(x, 1, -1)


def run(operation, inputs, outputs, **attributes):
    """`inputs` in the operation's order; None for one that is left out."""
    names = ["" if value is None else f"x{i}" for i, value in enumerate(inputs)]
    given = {name: np.ascontiguousarray(value, dtype=np.int32 if value.dtype == np.int32 else np.float32)
             for name, value in zip(names, inputs) if value is not None}
    types = {name: TensorProto.INT32 if value.dtype == np.int32 else TensorProto.FLOAT for name, value in given.items()}
    graph = helper.make_graph(
        [helper.make_node(operation, names, outputs, **attributes)], "layer",
        [helper.make_tensor_value_info(name, types[name], value.shape) for name, value in given.items()],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs if name])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, given)


def case(x, output, parameters):
    arrays = {"input": x, "output": output, **parameters}
    return {name: array.astype(float).flatten().tolist() for name, array in arrays.items()}


def convolution(x, kernel, bias, operation="Conv", **attributes):
    """A kernel `[spatial..., in, out]`, as ours is; theirs is `[out, in, spatial...]`, and of transposed ones `[in, out, spatial...]`."""
    axes = (-1, -2) if operation == "Conv" else (-2, -1)
    theirs = np.moveaxis(kernel, axes, (0, 1))
    y = run(operation, [first(x), theirs, bias], ["y"], **attributes)[0]
    return case(x, last(y), {"kernel": kernel, "bias": bias})


def window(operation, x, **attributes):
    return case(x, last(run(operation, [first(x)], ["y"], **attributes)[0]), {})


def recurrent(operation, gates, x, directions, units, lengths=None, **attributes):
    """`gates`: where each of theirs is among ours. States are `[batch, directions, units]`, the output has the last ones behind the sequence."""
    batch, positions, features = x.shape
    count = len(gates)

    def theirs(parts):
        return np.stack([np.concatenate([np.split(part, count, -1)[gate] for gate in gates], -1).T for part in parts])

    def drawn(*shape, scale=1.0):
        return [numbers(*shape, scale=scale) for _ in range(directions)]

    kernels, biases = drawn(features, count * units), drawn(count * units)
    inner, inner_biases = drawn(units, count * units, scale=0.7), drawn(count * units)
    if operation == "LSTM":
        inner_biases = [0 * part for part in inner_biases]
    both = np.concatenate([theirs(biases), theirs(inner_biases)], -1)
    states = [numbers(directions, batch, units) for _ in range(2 if operation == "LSTM" else 1)]
    outputs = run(operation, [x.swapaxes(0, 1), theirs(kernels), theirs(inner), both,
                              None if lengths is None else np.array(lengths, np.int32), *states],
                  ["y", "h", "c"][:1 + len(states)], hidden_size=units,
                  direction="bidirectional" if directions == 2 else "forward", **attributes)
    sequence = outputs[0].transpose(2, 0, 1, 3).reshape(batch, positions, directions * units)
    after = [state.transpose(1, 0, 2).reshape(batch, 1, directions * units) for state in outputs[1:]]
    parameters = {}
    for i in range(directions):
        path = f"{i}/" if directions == 2 else ""
        parameters |= {path + "kernel": kernels[i], path + "bias": biases[i], path + "recurrent": inner[i]}
        if operation == "GRU":
            parameters[path + "recurrentBias"] = inner_biases[i]
        parameters |= {f"{path}state{n}": state[i] for n, state in enumerate(states)}
    return case(x, np.concatenate([sequence, *after], 1), parameters)


def norm(x, epsilon=1e-3):
    scale, bias = numbers(x.shape[-1]), numbers(x.shape[-1])
    y = run("LayerNormalization", [x, scale, bias], ["y"], axis=-1, epsilon=epsilon)[0]
    return case(x, y, {"scale": scale, "bias": bias})


SAME = {"auto_pad": "SAME_UPPER"}
LSTM_GATES = [0, 3, 1, 2]  # input, output, forget, candidate
GRU_GATES = [1, 0, 2]  # update, reset, candidate
write("layer", "onnx_layers.json", {
    "conv2d_same_strides": convolution(numbers(2, 6, 5, 2), numbers(3, 3, 2, 3), numbers(3), strides=[2, 2], **SAME),
    "conv2d_same_even": convolution(numbers(2, 5, 7, 2), numbers(4, 2, 2, 3), numbers(3), strides=[2, 3], **SAME),
    "conv1d_same": convolution(numbers(2, 8, 3), numbers(4, 3, 2), numbers(2), strides=[3], **SAME),
    "conv2d_groups": convolution(numbers(2, 5, 4, 4), numbers(3, 3, 2, 6), numbers(6), strides=[2, 1],
                                 pads=[1, 0, 2, 1], group=2),
    "transposed": convolution(numbers(2, 3, 4, 2), numbers(3, 3, 2, 3), numbers(3), "ConvTranspose", strides=[2, 2],
                              pads=[1, 1, 1, 1]),
    "max_pool_same": window("MaxPool", numbers(2, 6, 5, 3), kernel_shape=[3, 3], strides=[2, 2], **SAME),
    "max_pool3d": window("MaxPool", numbers(1, 4, 3, 5, 2), kernel_shape=[2, 2, 2], strides=[2, 1, 2]),
    "average_pool_same": window("AveragePool", numbers(2, 6, 5, 3), kernel_shape=[3, 3], strides=[2, 2],
                                count_include_pad=0, **SAME),
    "average_pool_same_even": window("AveragePool", numbers(2, 5, 4, 3), kernel_shape=[4, 4], strides=[3, 3],
                                     count_include_pad=0, **SAME),
    "average_pool_padded": window("AveragePool", numbers(2, 5, 4, 3), kernel_shape=[3, 3], strides=[1, 2],
                                  pads=[1, 1, 1, 1], count_include_pad=0),
    "local_response_norm": window("LRN", numbers(2, 2, 3, 7, scale=2.0), size=3, alpha=0.3, beta=0.6, bias=1.5),
    "local_response_norm_wide": window("LRN", numbers(2, 2, 3, 4, scale=2.0), size=5, alpha=0.3, beta=0.6, bias=1.5),
    "lstm": recurrent("LSTM", LSTM_GATES, numbers(2, 5, 3), 1, 4),
    "lstm_bidirectional_lengths": recurrent("LSTM", LSTM_GATES, numbers(3, 5, 3), 2, 2, [3, 5, 1]),
    "gru": recurrent("GRU", GRU_GATES, numbers(2, 5, 3), 1, 4, linear_before_reset=1),
    "gru_bidirectional_lengths": recurrent("GRU", GRU_GATES, numbers(3, 5, 3), 2, 2, [3, 5, 1], linear_before_reset=1),
    "layer_norm": norm(numbers(2, 3, 5, scale=2.0)),
})

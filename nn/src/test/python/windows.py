"""Windows that slide over images: same padding by the definition, put around images with `pad`; transposed convolutions; pooling of one and three dimensions."""

import math
import random

import torch
import torch.nn.functional as f

from fixture import write
from torch_fixture import first, last, layer, numbers

random.seed(12)

CONVOLUTION = {1: f.conv1d, 2: f.conv2d, 3: f.conv3d}
TRANSPOSED = {1: f.conv_transpose1d, 2: f.conv_transpose2d, 3: f.conv_transpose3d}
MAX_POOL = {1: f.max_pool1d, 2: f.max_pool2d, 3: f.max_pool3d}
AVERAGE_POOL = {1: f.avg_pool1d, 2: f.avg_pool2d, 3: f.avg_pool3d}


def around(x, pads, value=0.0):
    """Channels first; `pads` before and after each spatial dimension."""
    return f.pad(x, [end for pair in reversed(pads) for end in pair], value=value)


def same(x, size, strides, dilation=1):
    """As TensorFlow has it: as many places as there are strides in the length, and of an odd number of elements the last one after."""
    pads = []
    for length, taps, stride in zip(x.shape[2:], size, strides):
        reach = (taps - 1) * dilation + 1
        total = max(0, (math.ceil(length / stride) - 1) * stride + reach - length)
        pads.append((total // 2, total - total // 2))
    return pads


def convolved(strides, pads=None, dilation=1, groups=1):
    """`pads` before and after each spatial dimension; none for same padding."""

    def run(x, kernel, bias=None):
        x = first(x)
        kernel = kernel.movedim(-1, 0).movedim(-1, 1)
        edges = same(x, kernel.shape[2:], strides, dilation) if pads is None else pads
        function = CONVOLUTION[len(strides)]
        return last(function(around(x, edges), kernel, bias, stride=strides, dilation=dilation, groups=groups))

    return run


def transposed(strides):
    """Same padding: what a convolution of the longer images with same padding leaves out is cut off, where there is anything to cut."""

    def run(x, kernel, bias):
        y = TRANSPOSED[len(strides)](first(x), kernel.movedim(-2, 0).movedim(-1, 1), stride=strides)
        for axis, stride in enumerate(strides):
            length = x.shape[axis + 1] * stride
            cut = max(0, y.shape[axis + 2] - length) // 2
            y = y.narrow(axis + 2, cut, min(length, y.shape[axis + 2] - cut))
            missing = [(0, 0)] * len(strides)
            missing[axis] = (0, length - y.shape[axis + 2])
            y = around(y, missing)
        return last(y) + bias

    return run


def transposed3d(x, kernel, bias):
    return last(f.conv_transpose3d(first(x), kernel.movedim(-2, 0).movedim(-1, 1), bias, stride=2, padding=1))


def highest(size, strides, pads=None):
    def run(x):
        x = first(x)
        edges = same(x, size, strides) if pads is None else pads
        return last(MAX_POOL[len(size)](around(x, edges, -math.inf), size, strides))

    return run


def mean(size, strides, pads=None):
    """Of those elements that are in the image."""

    def run(x):
        x = first(x)
        edges = same(x, size, strides) if pads is None else pads
        pool = AVERAGE_POOL[len(size)]
        return last(pool(around(x, edges), size, strides) / pool(around(torch.ones_like(x), edges), size, strides))

    return run


def weights(*shape):
    return {"kernel": numbers(*shape), "bias": numbers(shape[-1])}


write("layer", "windows.json", {
    "conv1d_same_strides": layer(convolved([3]), numbers(2, 8, 3), weights(4, 3, 2)),
    "conv2d_same_strides": layer(convolved([2, 2]), numbers(2, 6, 5, 2), weights(3, 3, 2, 3)),
    "conv2d_same_even": layer(convolved([1, 1]), numbers(2, 4, 5, 2), weights(2, 4, 2, 3)),
    "conv2d_same_even_strides": layer(convolved([2, 3]), numbers(2, 5, 7, 2), weights(4, 4, 2, 3)),
    "conv2d_same_small": layer(convolved([3, 2]), numbers(2, 7, 6, 2), weights(1, 2, 2, 3)),
    "conv2d_same_dilated": layer(convolved([1, 2], dilation=3), numbers(2, 6, 5, 2), weights(2, 2, 2, 3)),
    "conv2d_same_groups": layer(convolved([2, 1], groups=2), numbers(2, 4, 5, 4), weights(3, 2, 2, 6)),
    "conv2d_explicit": layer(convolved([2, 1], [(1, 2), (0, 3)]), numbers(2, 4, 4, 2), weights(3, 3, 2, 3)),
    "conv3d_same_strides": layer(convolved([2, 1, 2]), numbers(1, 3, 4, 4, 2), weights(2, 3, 3, 2, 2)),
    "depthwise_same_strides": layer(convolved([2, 2], groups=3), numbers(2, 6, 5, 3), weights(3, 3, 1, 6)),
    "depthwise1d": layer(convolved([2], [(1, 1)], groups=3), numbers(2, 7, 3), weights(3, 1, 6)),
    "separable2d": layer(
        lambda x, apart, kernel, bias: torch.tanh(convolved([1, 1], groups=3)(x, apart) @ kernel[0, 0] + bias),
        numbers(2, 4, 5, 3), {"0/kernel": numbers(3, 3, 1, 3), "1/kernel": numbers(1, 1, 3, 2), "1/bias": numbers(2)}),
    "separable1d": layer(
        lambda x, apart, kernel, bias: torch.relu(convolved([1], groups=2)(x, apart) @ kernel[0] + bias),
        numbers(2, 6, 2), {"0/kernel": numbers(4, 1, 2), "1/kernel": numbers(1, 2, 3), "1/bias": numbers(3)}),
    "transposed1d_same_even": layer(transposed([1]), numbers(2, 5, 2), weights(4, 2, 3)),
    "transposed_same": layer(transposed([2, 2]), numbers(2, 3, 4, 2), weights(3, 3, 2, 3)),
    "transposed_same_even": layer(transposed([2, 2]), numbers(2, 3, 4, 2), weights(4, 4, 2, 3)),
    "transposed_same_large": layer(transposed([2, 3]), numbers(2, 3, 2, 2), weights(5, 5, 2, 3)),
    "transposed_same_small": layer(transposed([3, 2]), numbers(2, 3, 2, 2), weights(1, 2, 2, 3)),
    "transposed3d": layer(transposed3d, numbers(1, 3, 2, 3, 2), weights(3, 3, 3, 2, 2)),
    "transposed3d_same": layer(transposed([2, 1, 2]), numbers(1, 2, 3, 2, 2), weights(2, 2, 2, 2, 2)),
    "max_pool1d": layer(highest([3], [2], [(0, 0)]), numbers(2, 8, 3), {}),
    "max_pool3d": layer(highest([2, 2, 2], [2, 2, 2], [(0, 0)] * 3), numbers(2, 4, 5, 4, 2), {}),
    "max_pool3d_padded": layer(highest([3, 3, 3], [2, 1, 2], [(1, 1)] * 3), numbers(1, 4, 3, 5, 2), {}),
    "max_pool_same": layer(highest([3, 3], [2, 2]), numbers(2, 6, 5, 3), {}),
    "max_pool_same_even": layer(highest([2, 2], [1, 1]), numbers(2, 4, 5, 3), {}),
    "max_pool_same_negative": layer(highest([4, 4], [3, 3]), -1 - numbers(2, 5, 4, 3).abs(), {}),
    "average_pool1d": layer(mean([3], [1], [(1, 1)]), numbers(2, 6, 3), {}),
    "average_pool3d": layer(mean([2, 2, 2], [2, 2, 2], [(0, 0)] * 3), numbers(2, 4, 5, 4, 2), {}),
    "average_pool3d_same": layer(mean([3, 3, 3], [2, 2, 2]), numbers(1, 4, 3, 5, 2), {}),
    "average_pool_same": layer(mean([3, 3], [2, 2]), numbers(2, 6, 5, 3), {}),
    "average_pool_same_even": layer(mean([2, 2], [1, 1]), numbers(2, 4, 5, 3), {}),
    "average_pool_same_even_strides": layer(mean([4, 4], [3, 3]), numbers(2, 5, 4, 3), {}),
})

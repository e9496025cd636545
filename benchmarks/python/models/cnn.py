"""A convolutional network for pictures of digits: 32 and 64 filters of 3 x 3, pooling, 128 and 10 units; batches of 128, Adam."""

import numpy as np

import frameworks
from model import Model, parameters

BATCH, SIZE, FIRST, SECOND, UNITS, CLASSES = 128, 28, 32, 64, 128, 10
POOLED = (SIZE - 4) // 2
SHAPES = [("0", (3, 3, 1, FIRST)), ("1", (3, 3, FIRST, SECOND)), ("4", (POOLED**2 * SECOND, UNITS)), ("5", (UNITS, CLASSES))]


class Cnn(Model):
    name, kind = "cnn", "training"
    title = "CNN of 32 and 64 filters of 3 x 3 on 28 x 28, pooling, 128-10, batch 128, Adam"
    forward = [
        2 * BATCH * (SIZE - 2) ** 2 * 9 * FIRST,
        2 * BATCH * (SIZE - 4) ** 2 * 9 * FIRST * SECOND,
        2 * BATCH * POOLED**2 * SECOND * UNITS,
        2 * BATCH * UNITS * CLASSES,
    ]
    # Backward: the gradient of each kernel, and of each layer's input but the first's.
    flops = 2 * sum(forward) + sum(forward[1:])

    def inputs(self):
        # Not 3: there, some number lies so near to a kink of ReLU or of a maximum that rounding decides, and 20 steps of Adam make
        # 1e-3 of the loss out of it, between two ways of convolution that are both within rounding of double precision.
        random = np.random.default_rng(4)
        arrays = {
            "x": random.standard_normal((BATCH, SIZE, SIZE, 1), np.float32),
            "y": random.integers(0, CLASSES, BATCH, np.int32),
        }
        for layer, shape in SHAPES:
            scale = np.float32(np.prod(shape[:-1]) ** -0.5)
            arrays[f"parameter/{layer}/kernel"] = random.standard_normal(shape, np.float32) * scale
            arrays[f"parameter/{layer}/bias"] = np.zeros(shape[-1], np.float32)
        return arrays

    def pytorch(self, inputs, variant):
        import torch
        from torch import nn

        class Network(nn.Module):
            def __init__(self):
                super().__init__()
                self.first, self.second = nn.Conv2d(1, FIRST, 3), nn.Conv2d(FIRST, SECOND, 3)
                self.wide, self.last = nn.Linear(POOLED**2 * SECOND, UNITS), nn.Linear(UNITS, CLASSES)

            def forward(self, x):
                # Channels last in memory from the beginning to the end.
                x = x.permute(0, 3, 1, 2)
                x = torch.relu(self.second(torch.relu(self.first(x))))
                x = nn.functional.max_pool2d(x, 2).permute(0, 2, 3, 1).flatten(1)
                return self.last(torch.relu(self.wide(x)))

        p = parameters(inputs)
        state = {}
        for name, layer in (("first", "0"), ("second", "1"), ("wide", "4"), ("last", "5")):
            kernel = p[layer + "/kernel"]
            state[name + ".weight"] = kernel.transpose(3, 2, 0, 1) if kernel.ndim == 4 else kernel.T
            state[name + ".bias"] = p[layer + "/bias"]
        module = Network().to(memory_format=torch.channels_last)
        return frameworks.torch_training(
            module, state, lambda p: torch.optim.Adam(p, lr=1e-4, fused=True), inputs, variant)

    def jax(self, inputs, variant):
        import jax

        def convolve(x, kernel, bias):
            y = jax.lax.conv_general_dilated(x, kernel, (1, 1), "VALID", dimension_numbers=("NHWC", "HWIO", "NHWC"))
            return jax.nn.relu(y + bias)

        def network(p, x):
            x = convolve(x, p["0/kernel"], p["0/bias"])
            x = convolve(x, p["1/kernel"], p["1/bias"])
            x = jax.lax.reduce_window(x, -np.inf, jax.lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID").reshape(BATCH, -1)
            x = jax.nn.relu(x @ p["4/kernel"] + p["4/bias"])
            return x @ p["5/kernel"] + p["5/bias"]

        return frameworks.jax_training(network, parameters(inputs), frameworks.jax_adam(1e-4), inputs)

    def tensorflow(self, inputs, variant):
        import tensorflow as tf

        def network(p, x):
            x = tf.nn.relu(tf.nn.conv2d(x, p["0/kernel"], 1, "VALID") + p["0/bias"])
            x = tf.nn.relu(tf.nn.conv2d(x, p["1/kernel"], 1, "VALID") + p["1/bias"])
            x = tf.reshape(tf.nn.max_pool2d(x, 2, 2, "VALID"), [BATCH, -1])
            x = tf.nn.relu(tf.matmul(x, p["4/kernel"]) + p["4/bias"])
            return tf.matmul(x, p["5/kernel"]) + p["5/bias"]

        return frameworks.tf_training(network, parameters(inputs), frameworks.tf_adam(1e-4), inputs, variant)


MODELS = [Cnn()]

"""ResNet-18 for pictures of 32 x 32 pixels: a stem of 3 x 3, four stages of two blocks, 64 to 512 channels; batches of 64, SGD with momentum."""

import numpy as np

import frameworks
from model import Model, parameters

BATCH, SIZE, CLASSES, FIRST, STAGES = 64, 32, 10, 64, 4
EPSILON = 1e-5


class Convolution:
    """A convolution and the normalisation behind it, by Cajal's paths."""

    def __init__(self, path, norm, size, stride, before, after, side):
        self.path, self.norm, self.size, self.stride = path, norm, size, stride
        self.before, self.after, self.side = before, after, side

    def flops(self):
        return 2 * BATCH * self.side**2 * self.size**2 * self.before * self.after


def blocks():
    """For each block its two convolutions, and that of the way around if there is one."""
    before, side = FIRST, SIZE
    for number in range(2 * STAGES):
        after, stride = FIRST << number // 2, 2 if number % 2 == 0 and number > 0 else 1
        side //= stride
        path = f"{3 + 2 * number}/"
        first = Convolution(path + "branch/0", path + "branch/1", 3, stride, before, after, side)
        second = Convolution(path + "branch/3", path + "branch/4", 3, 1, after, after, side)
        around = Convolution(path + "projection/0", path + "projection/1", 1, stride, before, after, side)
        yield first, second, around if stride > 1 else None
        before = after


STEM = Convolution("0", "1", 3, 1, 3, FIRST, SIZE)
LAST = f"{4 + 4 * STAGES}"
CONVOLUTIONS = [STEM] + [each for block in blocks() for each in block if each]


class ResNet18(Model):
    name, kind = "resnet18", "training"
    title = "ResNet-18 on 32 x 32 pixels, batch 64, SGD with momentum"
    forward = [each.flops() for each in CONVOLUTIONS] + [2 * BATCH * (FIRST << STAGES - 1) * CLASSES]
    # Backward: the gradient of each kernel, and of each layer's input but the first's.
    flops = 2 * sum(forward) + sum(forward[1:])

    def inputs(self):
        random = np.random.default_rng(5)
        p = {}
        for each in CONVOLUTIONS:
            shape = (each.size, each.size, each.before, each.after)
            scale = np.float32((2 / np.prod(shape[:-1])) ** 0.5)
            p[each.path + "/kernel"] = random.standard_normal(shape, np.float32) * scale
            p[each.norm + "/scale"] = np.ones(each.after, np.float32)
            p[each.norm + "/bias"] = np.zeros(each.after, np.float32)
        width = FIRST << STAGES - 1
        p[LAST + "/kernel"] = random.standard_normal((width, CLASSES), np.float32) * np.float32(width**-0.5)
        p[LAST + "/bias"] = np.zeros(CLASSES, np.float32)
        return {
            "x": random.standard_normal((BATCH, SIZE, SIZE, 3), np.float32),
            "y": random.integers(0, CLASSES, BATCH, np.int32),
            **{"parameter/" + name: array for name, array in p.items()},
        }

    def pytorch(self, inputs, variant):
        import torch
        from torch import nn

        def convolution(each):
            return nn.Sequential(
                nn.Conv2d(each.before, each.after, each.size, each.stride, each.size // 2, bias=False),
                nn.BatchNorm2d(each.after, EPSILON),
            )

        class Block(nn.Module):
            def __init__(self, first, second, around):
                super().__init__()
                self.first, self.second = convolution(first), convolution(second)
                self.around = convolution(around) if around else nn.Identity()

            def forward(self, x):
                return torch.relu(self.second(torch.relu(self.first(x))) + self.around(x))

        class Network(nn.Module):
            def __init__(self):
                super().__init__()
                self.stem = convolution(STEM)
                self.blocks = nn.Sequential(*(Block(*block) for block in blocks()))
                self.last = nn.Linear(FIRST << STAGES - 1, CLASSES)

            def forward(self, x):
                # Channels last in memory from the beginning to the end.
                x = self.blocks(torch.relu(self.stem(x.permute(0, 3, 1, 2))))
                return self.last(x.mean((2, 3)))

        p = parameters(inputs)
        state = {"last.weight": p[LAST + "/kernel"].T, "last.bias": p[LAST + "/bias"]}

        def put(name, each):
            state[name + ".0.weight"] = p[each.path + "/kernel"].transpose(3, 2, 0, 1)
            state[name + ".1.weight"], state[name + ".1.bias"] = p[each.norm + "/scale"], p[each.norm + "/bias"]
            state[name + ".1.running_mean"] = np.zeros(each.after, np.float32)
            state[name + ".1.running_var"] = np.ones(each.after, np.float32)
            state[name + ".1.num_batches_tracked"] = np.int64(0)

        put("stem", STEM)
        for number, block in enumerate(blocks()):
            for name, each in zip(("first", "second", "around"), block):
                if each:
                    put(f"blocks.{number}.{name}", each)
        module = Network().to(memory_format=torch.channels_last)
        return frameworks.torch_training(
            module, state, lambda p: torch.optim.SGD(p, lr=1e-3, momentum=0.9, fused=True), inputs, variant)

    def jax(self, inputs, variant):
        import jax
        import jax.numpy as jnp

        def convolution(p, each, x):
            pad = each.size // 2
            y = jax.lax.conv_general_dilated(
                x, p[each.path + "/kernel"], (each.stride, each.stride), [(pad, pad), (pad, pad)],
                dimension_numbers=("NHWC", "HWIO", "NHWC"))
            # The running statistics, which only a later prediction needs, are left out: a little less work than the others do.
            mean, variance = y.mean((0, 1, 2)), y.var((0, 1, 2))
            return (y - mean) * jax.lax.rsqrt(variance + EPSILON) * p[each.norm + "/scale"] + p[each.norm + "/bias"]

        def network(p, x):
            x = jax.nn.relu(convolution(p, STEM, x))
            for first, second, around in blocks():
                y = convolution(p, second, jax.nn.relu(convolution(p, first, x)))
                x = jax.nn.relu(y + (convolution(p, around, x) if around else x))
            return x.mean((1, 2)) @ p[LAST + "/kernel"] + p[LAST + "/bias"]

        return frameworks.jax_training(network, parameters(inputs), frameworks.jax_momentum(1e-3, 0.9), inputs)


MODELS = [ResNet18()]

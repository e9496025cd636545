"""What the machine can do, as far as a framework can show it: the other models are shares of the best of these."""

import numpy as np

import frameworks
from model import Model, Run, root_mean_square

SIDE = 2048
LENGTH = 24_000_000


class Machine(Model):
    kind = "machine"

    def has(self, peer, variant):
        return variant in ("eager", "jit")


class Product(Machine):
    name, title = "peak-product", f"product of two matrices of {SIDE} by {SIDE}"
    flops = 2 * SIDE**3

    def inputs(self):
        random = np.random.default_rng(7)
        return {name: random.standard_normal((SIDE, SIDE), np.float32) for name in "ab"}

    def pytorch(self, inputs, variant):
        import torch

        return frameworks.torch_function(torch.mm, [inputs["a"], inputs["b"]], variant)

    def jax(self, inputs, variant):
        return frameworks.jax_function(lambda a, b: a @ b, [inputs["a"], inputs["b"]])


class Memory(Machine):
    """Vectors larger than the caches. Bytes are counted as STREAM does: those that the program reads and writes. A machine that reads what
    is overwritten moves more than that, except where a vector is changed in its place."""

    is_memory_bound = True

    def __init__(self, name, title, names, torch_step, jax_step):
        self.name, self.title, self.names = name, title, names
        # The first is written; the others, and the first if it is changed in its place, are read.
        self.bytes = 4 * LENGTH * (2 if name == "peak-scale" else 3)
        self.torch_step, self.jax_step = torch_step, jax_step

    def inputs(self):
        random = np.random.default_rng(8)
        return {name: random.standard_normal(LENGTH, np.float32) for name in self.names}

    def pytorch(self, inputs, variant):
        import torch

        torch.set_grad_enabled(False)
        vectors = [torch.tensor(inputs[name]) for name in self.names]
        return Run(lambda: self.torch_step(*vectors), lambda: root_mean_square(vectors[0].numpy()))

    def jax(self, inputs, variant):
        import jax
        import jax.numpy as jnp

        a, *others = (jnp.array(inputs[name]) for name in self.names)
        # The memory of `a` is to be written, even where its value is not read.
        compiled = jax.jit(self.jax_step, donate_argnums=0, keep_unused=True)

        def step():
            nonlocal a
            a = compiled(a, *others)
            a.block_until_ready()

        return Run(step, lambda: root_mean_square(a))


def _torch_scale(a, b):
    import torch

    torch.mul(b, 0.5, out=a)


def _torch_triad(a, b, c):
    import torch

    torch.add(b, c, alpha=0.5, out=a)


MODELS = [
    Product(),
    Memory("peak-memory", f"a = a + b over {LENGTH // 1_000_000} million numbers, in place", "ab",
           lambda a, b: a.add_(b), lambda a, b: a + b),
    # A copy, but for a factor: a framework that is asked for a mere copy may give what it was given.
    Memory("peak-scale", f"a = 0.5 b over {LENGTH // 1_000_000} million numbers", "ab",
           _torch_scale, lambda a, b: 0.5 * b),
    Memory("peak-triad", f"a = b + 0.5 c over {LENGTH // 1_000_000} million numbers", "abc",
           _torch_triad, lambda a, b, c: b + 0.5 * c),
]

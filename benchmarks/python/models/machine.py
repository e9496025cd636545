"""What the machine can do, as far as a framework can show it: the other models are shares of the best of these."""

import numpy as np

import frameworks
from model import Model, Run, root_mean_square

SIDE = 2048
LENGTH = 24_000_000


class Product(Model):
    name, kind, title = "peak-product", "machine", f"product of two matrices of {SIDE} by {SIDE}"
    flops = 2 * SIDE**3

    def inputs(self):
        random = np.random.default_rng(7)
        return {name: random.standard_normal((SIDE, SIDE), np.float32) for name in "ab"}

    def pytorch(self, inputs, variant):
        import torch

        return frameworks.torch_function(torch.mm, [inputs["a"], inputs["b"]], "eager") if variant == "eager" else None

    def jax(self, inputs, variant):
        return frameworks.jax_function(lambda a, b: a @ b, [inputs["a"], inputs["b"]])


class Memory(Model):
    name, kind, title = "peak-memory", "machine", f"a = a + b over {LENGTH // 1_000_000} million numbers, in place"
    bytes = 3 * 4 * LENGTH
    is_memory_bound = True

    def inputs(self):
        random = np.random.default_rng(8)
        return {name: random.standard_normal(LENGTH, np.float32) for name in "ab"}

    def pytorch(self, inputs, variant):
        import torch

        if variant != "eager":
            return None
        a, b = torch.tensor(inputs["a"]), torch.tensor(inputs["b"])
        return Run(lambda: a.add_(b), lambda: root_mean_square(a.numpy()))

    def jax(self, inputs, variant):
        import jax
        import jax.numpy as jnp

        a, b = jnp.array(inputs["a"]), jnp.array(inputs["b"])
        add = jax.jit(lambda a, b: a + b, donate_argnums=0)

        def step():
            nonlocal a
            a = add(a, b)
            a.block_until_ready()

        return Run(step, lambda: root_mean_square(a))


MODELS = [Product(), Memory()]

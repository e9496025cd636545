"""Kernels that move more than they compute."""

import numpy as np

import frameworks
from model import Model, Run, parameters, root_mean_square


class Softmax(Model):
    name, kind, title = "softmax", "kernel", "softmax of 512 rows of 1024"
    bytes = 2 * 4 * 512 * 1024

    def inputs(self):
        return {"x": np.random.default_rng(3).standard_normal((512, 1024), np.float32) * 2}

    def pytorch(self, inputs, variant):
        import torch

        return frameworks.torch_function(lambda x: torch.softmax(x, -1), [inputs["x"]], variant)

    def jax(self, inputs, variant):
        import jax

        return frameworks.jax_function(jax.nn.softmax, [inputs["x"]])

    def tensorflow(self, inputs, variant):
        import tensorflow as tf

        return frameworks.tf_function(tf.nn.softmax, [inputs["x"]], variant)


class LayerNorm(Model):
    name, kind, title = "layer-norm", "kernel", "layer norm of 2048 rows of 768"
    bytes = 2 * 4 * 2048 * 768

    def inputs(self):
        random = np.random.default_rng(4)
        return {
            "x": random.standard_normal((2048, 768), np.float32) * 2,
            "scale": random.standard_normal(768, np.float32),
            "bias": random.standard_normal(768, np.float32),
        }

    def pytorch(self, inputs, variant):
        from torch.nn.functional import layer_norm

        return frameworks.torch_function(
            lambda x, scale, bias: layer_norm(x, (768,), scale, bias), self._arguments(inputs), variant
        )

    def jax(self, inputs, variant):
        import jax
        import jax.numpy as jnp

        def norm(x, scale, bias):
            centred = x - x.mean(-1, keepdims=True)
            return centred * jax.lax.rsqrt(jnp.square(centred).mean(-1, keepdims=True) + 1e-5) * scale + bias

        return frameworks.jax_function(norm, self._arguments(inputs))

    def tensorflow(self, inputs, variant):
        import tensorflow as tf

        def norm(x, scale, bias):
            centred = x - tf.reduce_mean(x, -1, keepdims=True)
            variance = tf.reduce_mean(tf.square(centred), -1, keepdims=True)
            return centred * tf.math.rsqrt(variance + 1e-5) * scale + bias

        return frameworks.tf_function(norm, self._arguments(inputs), variant)

    @staticmethod
    def _arguments(inputs):
        return [inputs["x"], inputs["scale"], inputs["bias"]]


class Gelu(Model):
    name, kind, title = "gelu", "kernel", "gelu(x + bias) of 4096 rows of 1024"
    bytes = 2 * 4 * 4096 * 1024

    def inputs(self):
        random = np.random.default_rng(5)
        return {
            "x": random.standard_normal((4096, 1024), np.float32) * 2,
            "bias": random.standard_normal(1024, np.float32),
        }

    def pytorch(self, inputs, variant):
        from torch.nn.functional import gelu

        arguments = [inputs["x"], inputs["bias"]]
        return frameworks.torch_function(lambda x, b: gelu(x + b, approximate="tanh"), arguments, variant)

    def jax(self, inputs, variant):
        import jax

        arguments = [inputs["x"], inputs["bias"]]
        return frameworks.jax_function(lambda x, b: jax.nn.gelu(x + b, approximate=True), arguments)

    def tensorflow(self, inputs, variant):
        import tensorflow as tf

        arguments = [inputs["x"], inputs["bias"]]
        return frameworks.tf_function(lambda x, b: tf.nn.gelu(x + b, approximate=True), arguments, variant)


class AdamW(Model):
    name, kind, title = "adamw", "kernel", "AdamW over 10 million parameters"
    # Reads parameter, gradient and two moments, writes all but the gradient.
    bytes = 7 * 4 * 10_000_000
    is_memory_bound = True

    def inputs(self):
        random = np.random.default_rng(6)
        return {
            "gradient": random.standard_normal(10_000_000, np.float32) * np.float32(0.1),
            "parameter/p": random.standard_normal(10_000_000, np.float32) * np.float32(1e-3),
        }

    def pytorch(self, inputs, variant):
        import torch

        p = torch.nn.Parameter(torch.tensor(parameters(inputs)["p"]))
        p.grad = torch.tensor(inputs["gradient"])
        optimizer = torch.optim.AdamW([p], lr=1e-3, weight_decay=0.01, fused=variant == "eager")
        step = frameworks.torch_compiled(optimizer.step, variant)
        return Run(step, lambda: root_mean_square(p.detach().numpy()))

    def jax(self, inputs, variant):
        import jax
        import jax.numpy as jnp

        init, update = frameworks.jax_adam(1e-3, 0.01)
        p, g = jnp.array(parameters(inputs)["p"]), jnp.array(inputs["gradient"])
        compiled = jax.jit(lambda state, g: update(state[0], g, state[1]), donate_argnums=0)
        state = p, init(p)

        def step():
            nonlocal state
            state = compiled(state, g)
            jax.block_until_ready(state)

        return Run(step, lambda: root_mean_square(state[0]))

    def tensorflow(self, inputs, variant):
        import tensorflow as tf

        _, update = frameworks.tf_adam(1e-3, 0.01)
        p, g = tf.Variable(parameters(inputs)["p"]), tf.constant(inputs["gradient"])
        slots, t = [tf.Variable(tf.zeros_like(p)) for _ in range(2)], tf.Variable(0.0)

        @tf.function(jit_compile=variant == "xla")
        def step(g):
            t.assign_add(1.0)
            update(p, g, slots, tf.identity(t))

        return Run(lambda: step(g), lambda: root_mean_square(p.numpy()))


MODELS = [Softmax(), LayerNorm(), Gelu(), AdamW()]

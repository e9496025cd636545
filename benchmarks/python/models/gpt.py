"""A language model of the kind of GPT-2 on 65 characters: 6 blocks, 384 wide, 6 heads, 256 positions, batches of 8, AdamW."""

import numpy as np

import frameworks
from model import Model, parameters

SYMBOLS, WIDTH, BLOCKS, HEADS, POSITIONS, BATCH = 65, 384, 6, 6, 256, 8


def block(i):
    """The paths of a block's tensors, in the order of the forward pass."""
    first, second = f"{2 + 2 * i}/branch/", f"{3 + 2 * i}/branch/"
    return (
        (first + "0/scale", first + "0/bias"),
        (first + "1/kernel", first + "1/bias"),
        (first + "3/kernel", first + "3/bias"),
        (second + "0/scale", second + "0/bias"),
        (second + "1/kernel", second + "1/bias"),
        (second + "2/kernel", second + "2/bias"),
    )


NORM, HEAD = f"{2 + 2 * BLOCKS}", f"{3 + 2 * BLOCKS}/kernel"


class Gpt(Model):
    name, kind = "gpt", "training"
    title = "GPT of 6 blocks, 384 wide, 256 positions, batch 8, AdamW"
    # Three products of the size of the forward pass' in all; attention counted whole, without regard to what the mask hides.
    flops = 3 * 2 * BATCH * POSITIONS * (BLOCKS * (12 * WIDTH**2 + 2 * POSITIONS * WIDTH) + WIDTH * SYMBOLS)

    def inputs(self):
        random = np.random.default_rng(2)

        def normal(*shape):
            return random.standard_normal(shape, np.float32) * np.float32(0.02)

        p = {"0/table": normal(SYMBOLS, WIDTH), "1/table": normal(POSITIONS, WIDTH)}
        for i in range(BLOCKS):
            norm1, attention, projection, norm2, wide, narrow = block(i)
            for scale, bias in (norm1, norm2):
                p[scale], p[bias] = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)
            for (kernel, bias), n, m in (
                (attention, WIDTH, 3 * WIDTH),
                (projection, WIDTH, WIDTH),
                (wide, WIDTH, 4 * WIDTH),
                (narrow, 4 * WIDTH, WIDTH),
            ):
                p[kernel], p[bias] = normal(n, m), np.zeros(m, np.float32)
        p[NORM + "/scale"], p[NORM + "/bias"] = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)
        p[HEAD] = normal(WIDTH, SYMBOLS)
        return {
            "x": random.integers(0, SYMBOLS, (BATCH, POSITIONS), np.int32),
            "y": random.integers(0, SYMBOLS, (BATCH, POSITIONS), np.int32),
            **{"parameter/" + name: array for name, array in p.items()},
        }

    def pytorch(self, inputs, variant):
        import torch
        from torch import nn
        from torch.nn.functional import gelu, scaled_dot_product_attention

        class Block(nn.Module):
            def __init__(self):
                super().__init__()
                self.norm1, self.norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
                self.attention, self.projection = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
                self.wide, self.narrow = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)

            def forward(self, x):
                batch, positions, width = x.shape
                q, k, v = (
                    part.view(batch, positions, HEADS, width // HEADS).transpose(1, 2)
                    for part in self.attention(self.norm1(x)).split(width, 2)
                )
                y = scaled_dot_product_attention(q, k, v, is_causal=True)
                x = x + self.projection(y.transpose(1, 2).reshape(batch, positions, width))
                return x + self.narrow(gelu(self.wide(self.norm2(x)), approximate="tanh"))

        class Network(nn.Module):
            def __init__(self):
                super().__init__()
                self.symbols, self.positions = nn.Embedding(SYMBOLS, WIDTH), nn.Embedding(POSITIONS, WIDTH)
                self.blocks = nn.ModuleList(Block() for _ in range(BLOCKS))
                self.norm, self.head = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, SYMBOLS, bias=False)

            def forward(self, x):
                x = self.symbols(x) + self.positions.weight
                for each in self.blocks:
                    x = each(x)
                return self.head(self.norm(x))

        p = parameters(inputs)
        state = {"symbols.weight": p["0/table"], "positions.weight": p["1/table"], "head.weight": p[HEAD].T}
        state["norm.weight"], state["norm.bias"] = p[NORM + "/scale"], p[NORM + "/bias"]
        for i in range(BLOCKS):
            layers = ("norm1", "attention", "projection", "norm2", "wide", "narrow")
            for layer, (weight, bias) in zip(layers, block(i)):
                state[f"blocks.{i}.{layer}.weight"] = p[weight].T
                state[f"blocks.{i}.{layer}.bias"] = p[bias]

        def optimizer(parameters):
            return torch.optim.AdamW(parameters, lr=1e-4, weight_decay=0.01, fused=True)

        return frameworks.torch_training(Network(), state, optimizer, inputs, variant)

    def jax(self, inputs, variant):
        import jax
        import jax.numpy as jnp

        def norm(x, scale, bias):
            centred = x - x.mean(-1, keepdims=True)
            return centred * jax.lax.rsqrt(jnp.square(centred).mean(-1, keepdims=True) + 1e-5) * scale + bias

        def apply(p, i, x):
            norm1, attention, projection, norm2, wide, narrow = ((p[w], p[b]) for w, b in block(i))
            h = norm(x, *norm1) @ attention[0] + attention[1]
            q, k, v = (part.reshape(BATCH, POSITIONS, HEADS, -1) for part in jnp.split(h, 3, -1))
            y = jax.nn.dot_product_attention(q, k, v, is_causal=True).reshape(BATCH, POSITIONS, WIDTH)
            x = x + y @ projection[0] + projection[1]
            h = jax.nn.gelu(norm(x, *norm2) @ wide[0] + wide[1], approximate=True)
            return x + h @ narrow[0] + narrow[1]

        def network(p, x):
            x = p["0/table"][x] + p["1/table"]
            for i in range(BLOCKS):
                x = apply(p, i, x)
            return norm(x, p[NORM + "/scale"], p[NORM + "/bias"]) @ p[HEAD]

        return frameworks.jax_training(network, parameters(inputs), frameworks.jax_adam(1e-4, 0.01), inputs)

    def tensorflow(self, inputs, variant):
        import tensorflow as tf

        mask = tf.constant(np.triu(np.full((POSITIONS, POSITIONS), -1e9, np.float32), 1))

        def norm(x, scale, bias):
            centred = x - tf.reduce_mean(x, -1, keepdims=True)
            variance = tf.reduce_mean(tf.square(centred), -1, keepdims=True)
            return centred * tf.math.rsqrt(variance + 1e-5) * scale + bias

        def apply(p, i, x):
            norm1, attention, projection, norm2, wide, narrow = ((p[w], p[b]) for w, b in block(i))
            h = linear(norm(x, *norm1), *attention)
            q, k, v = (
                tf.transpose(tf.reshape(part, [BATCH, POSITIONS, HEADS, WIDTH // HEADS]), [0, 2, 1, 3])
                for part in tf.split(h, 3, -1)
            )
            scores = tf.matmul(q, k, transpose_b=True) * (WIDTH // HEADS) ** -0.5 + mask
            y = tf.transpose(tf.matmul(tf.nn.softmax(scores), v), [0, 2, 1, 3])
            x = x + linear(tf.reshape(y, [-1, WIDTH]), *projection)
            return x + linear(tf.nn.gelu(linear(norm(x, *norm2), *wide), approximate=True), *narrow)

        def linear(x, kernel, bias):
            return tf.matmul(x, kernel) + bias

        def network(p, x):
            x = tf.reshape(tf.gather(p["0/table"], x) + p["1/table"], [-1, WIDTH])
            for i in range(BLOCKS):
                x = apply(p, i, x)
            return tf.matmul(norm(x, p[NORM + "/scale"], p[NORM + "/bias"]), p[HEAD])

        return frameworks.tf_training(network, parameters(inputs), frameworks.tf_adam(1e-4, 0.01), inputs, variant)


MODELS = [Gpt()]

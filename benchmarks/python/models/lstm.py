"""A recurrent language model on 65 characters: an embedding of 64, an LSTM of 256 units, 100 positions; batches of 64, Adam."""

import numpy as np

import frameworks
from model import Model, parameters

SYMBOLS, WIDTH, UNITS, POSITIONS, BATCH = 65, 64, 256, 100, 64


class Lstm(Model):
    name, kind = "lstm", "training"
    title = "LSTM of 256 units, 100 positions, 65 characters, batch 64, Adam"
    # Three products of the size of the forward pass' in all.
    flops = 3 * 2 * BATCH * POSITIONS * (4 * UNITS * (WIDTH + UNITS) + UNITS * SYMBOLS)

    def inputs(self):
        random = np.random.default_rng(4)

        def normal(*shape):
            return random.standard_normal(shape, np.float32) * np.float32(shape[0] ** -0.5)

        p = {
            "0/table": random.standard_normal((SYMBOLS, WIDTH), np.float32),
            "1/kernel": normal(WIDTH, 4 * UNITS),
            "1/bias": np.zeros(4 * UNITS, np.float32),
            "1/recurrent": normal(UNITS, 4 * UNITS),
            "2/kernel": normal(UNITS, SYMBOLS),
            "2/bias": np.zeros(SYMBOLS, np.float32),
        }
        return {
            "x": random.integers(0, SYMBOLS, (BATCH, POSITIONS), np.int32),
            "y": random.integers(0, SYMBOLS, (BATCH, POSITIONS), np.int32),
            **{"parameter/" + name: array for name, array in p.items()},
        }

    def pytorch(self, inputs, variant):
        import torch
        from torch import nn

        class Network(nn.Module):
            def __init__(self):
                super().__init__()
                self.table, self.cell = nn.Embedding(SYMBOLS, WIDTH), nn.LSTM(WIDTH, UNITS, batch_first=True)
                self.last = nn.Linear(UNITS, SYMBOLS)
                # PyTorch's cell has two biases, which are added up: one of them stays zero.
                self.cell.bias_hh_l0.requires_grad_(False)

            def forward(self, x):
                return self.last(self.cell(self.table(x))[0])

        p = parameters(inputs)
        # Both have the gates in the order input, forget, candidate, output.
        state = {
            "table.weight": p["0/table"],
            "cell.weight_ih_l0": p["1/kernel"].T,
            "cell.weight_hh_l0": p["1/recurrent"].T,
            "cell.bias_ih_l0": p["1/bias"],
            "cell.bias_hh_l0": np.zeros_like(p["1/bias"]),
            "last.weight": p["2/kernel"].T,
            "last.bias": p["2/bias"],
        }

        def optimizer(parameters):
            return torch.optim.Adam([p for p in parameters if p.requires_grad], lr=1e-3, fused=True)

        return frameworks.torch_training(Network(), state, optimizer, inputs, variant)

    def jax(self, inputs, variant):
        import jax
        import jax.numpy as jnp

        def network(p, x):
            projected = p["0/table"][x].transpose(1, 0, 2) @ p["1/kernel"] + p["1/bias"]

            def cell(state, at):
                h, c = state
                i, f, g, o = jnp.split(at + h @ p["1/recurrent"], 4, -1)
                c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
                h = jax.nn.sigmoid(o) * jnp.tanh(c)
                return (h, c), h

            zeros = jnp.zeros((BATCH, UNITS), jnp.float32)
            _, outputs = jax.lax.scan(cell, (zeros, zeros), projected)
            return outputs.transpose(1, 0, 2) @ p["2/kernel"] + p["2/bias"]

        return frameworks.jax_training(network, parameters(inputs), frameworks.jax_adam(1e-3), inputs)


MODELS = [Lstm()]

"""Layers of 512, 512 and 10 units on 784 inputs: trained with batches of 128, or asked for one answer."""

import numpy as np

import frameworks
from model import Model, parameters

WIDTHS = [784, 512, 512, 10]


def parameters_of(random, widths):
    arrays = {}
    for i, (n, m) in enumerate(zip(widths, widths[1:])):
        arrays[f"parameter/{i}/kernel"] = random.standard_normal((n, m), np.float32) * np.float32(n**-0.5)
        arrays[f"parameter/{i}/bias"] = np.zeros(m, np.float32)
    return arrays


class Mlp(Model):
    def __init__(self, name, kind, batch, title, torch_optimizer=None, jax_optimizer=None, tf_optimizer=None,
                 widths=WIDTHS):
        self.widths = widths
        self.name, self.kind, self.batch, self.title = name, kind, batch, title
        self.torch_optimizer, self.jax_optimizer, self.tf_optimizer = torch_optimizer, jax_optimizer, tf_optimizer
        forward = [2 * batch * i * o for i, o in zip(widths, widths[1:])]
        # Backward: the gradient of each kernel, and of each layer's input but the first's.
        self.flops = sum(forward) + (sum(forward) + sum(forward[1:]) if kind == "training" else 0)

    def inputs(self):
        random = np.random.default_rng(1)
        arrays = {
            "x": random.standard_normal((self.batch, self.widths[0]), np.float32),
            "y": random.integers(0, self.widths[-1], self.batch, np.int32),
        }
        return {**arrays, **parameters_of(random, self.widths)}

    #: its worker, which is a program of its own, knows the model
    deeplearning4j = True

    def pytorch(self, inputs, variant):
        import torch
        from torch import nn

        layers = [nn.Linear(n, m) for n, m in zip(self.widths, self.widths[1:])]
        module = nn.Sequential(*[each for layer in layers for each in (layer, nn.ReLU())][:-1])
        state = {}
        for name, array in parameters(inputs).items():
            layer, part = name.split("/")
            position = 2 * int(layer)
            state[f"{position}.weight" if part == "kernel" else f"{position}.bias"] = array.T
        if self.kind == "training":
            return frameworks.torch_training(module, state, self.torch_optimizer(torch.optim), inputs, variant)
        module.load_state_dict({name: torch.tensor(array) for name, array in state.items()})
        return frameworks.torch_function(module.eval(), [inputs["x"]], variant)

    def jax(self, inputs, variant):
        import jax

        layers = len(self.widths) - 1

        def network(p, x):
            for i in range(layers):
                x = x @ p[f"{i}/kernel"] + p[f"{i}/bias"]
                x = jax.nn.relu(x) if i < layers - 1 else x
            return x

        if self.kind == "training":
            return frameworks.jax_training(network, parameters(inputs), self.jax_optimizer(), inputs)
        return frameworks.jax_function(network, [parameters(inputs), inputs["x"]])

    def tensorflow(self, inputs, variant):
        import tensorflow as tf

        layers = len(self.widths) - 1

        def network(p, x):
            for i in range(layers):
                x = tf.matmul(x, p[f"{i}/kernel"]) + p[f"{i}/bias"]
                x = tf.nn.relu(x) if i < layers - 1 else x
            return x

        if self.kind == "training":
            return frameworks.tf_training(network, parameters(inputs), self.tf_optimizer(), inputs, variant)
        p = {name: tf.Variable(array) for name, array in parameters(inputs).items()}
        return frameworks.tf_function(lambda x: network(p, x), [inputs["x"]], variant)


class MlpLatency(Mlp):
    """ONNX Runtime answers, and does not train."""

    def onnxruntime(self, inputs, variant):
        from onnx import TensorProto, helper, numpy_helper

        nodes, names = [], "x"
        for i in range(3):
            last = i == 2
            nodes.append(helper.make_node("Gemm", [names, f"{i}/kernel", f"{i}/bias"], [f"sum{i}"]))
            if not last:
                nodes.append(helper.make_node("Relu", [f"sum{i}"], [f"relu{i}"]))
            names = f"relu{i}"
        graph = helper.make_graph(
            nodes, "mlp",
            [helper.make_tensor_value_info("x", TensorProto.FLOAT, [self.batch, WIDTHS[0]])],
            [helper.make_tensor_value_info("sum2", TensorProto.FLOAT, [self.batch, WIDTHS[-1]])],
            [numpy_helper.from_array(array, name) for name, array in parameters(inputs).items()],
        )
        return frameworks.onnx_function(graph, {"x": inputs["x"]}, variant)


MODELS = [
    Mlp(
        "mlp-sgd", "training", 128, "MLP 784-512-512-10, batch 128, SGD",
        lambda optim: lambda p: optim.SGD(p, lr=0.01, fused=True),
        lambda: frameworks.jax_sgd(0.01),
        lambda: frameworks.tf_sgd(0.01),
    ),
    Mlp(
        "mlp-adam", "training", 128, "MLP 784-512-512-10, batch 128, Adam",
        lambda optim: lambda p: optim.Adam(p, lr=1e-4, fused=True),
        lambda: frameworks.jax_adam(1e-4),
        lambda: frameworks.tf_adam(1e-4),
    ),
    MlpLatency("mlp-latency", "inference", 1, "MLP 784-512-512-10, one answer"),
]

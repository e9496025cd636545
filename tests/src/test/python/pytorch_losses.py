"""Losses of 20 training steps in PyTorch, from weights and data that a few lines of integer arithmetic define.

    python tests/src/test/python/pytorch_losses.py > tests/src/test/resources/dev/cajal/oracle/pytorch-losses.csv

The Java side (PyTorchLossesTest) makes the same weights and data and compares losses step by step.
"""

import platform

import torch

torch.set_num_threads(1)


class Numbers:
    """The linear congruential generator of the C standard's example; numbers in [-0.5, 0.5)."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (1103515245 * self.state + 12345) % 2**31
        return self.state / 2**31 - 0.5

    def tensor(self, *shape, scale=1.0):
        count = 1
        for n in shape:
            count *= n
        return torch.tensor([self.next() * scale for _ in range(count)], dtype=torch.float32).reshape(shape)


def mlp(numbers, dtype=torch.float32):
    sizes = [64, 48, 32, 10]
    return [
        (numbers.tensor(a, b, scale=2 * (3 / a) ** 0.5).to(dtype).requires_grad_(), numbers.tensor(b, scale=0.1).to(dtype).requires_grad_())
        for a, b in zip(sizes, sizes[1:])
    ]


def run(name, optimizer, hidden):
    numbers = Numbers(1)
    layers = mlp(numbers) if hidden else [(numbers.tensor(64, 10, scale=0.2).requires_grad_(), numbers.tensor(10, scale=0.1).requires_grad_())]
    x = numbers.tensor(100, 64, scale=2.0)
    y = torch.tensor([int((numbers.next() + 0.5) * 10) for _ in range(100)])
    parameters = [p for layer in layers for p in layer]
    step = optimizer(parameters)
    for i in range(20):
        h = x
        for k, (w, b) in enumerate(layers):
            h = h @ w + b
            if k + 1 < len(layers):
                h = torch.relu(h)
        loss = torch.nn.functional.cross_entropy(h, y)
        print(f"{name},{i},{loss.item():.9g}")
        step.zero_grad()
        loss.backward()
        step.step()


print(f"# PyTorch {torch.__version__}, Python {platform.python_version()}")
print("run,step,loss")
run("logistic regression, SGD 0.5", lambda p: torch.optim.SGD(p, lr=0.5), False)
run("MLP 64-48-32-10, SGD 0.1", lambda p: torch.optim.SGD(p, lr=0.1), True)
run("MLP 64-48-32-10, momentum 0.9", lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9), True)
run("MLP 64-48-32-10, Adam 0.01", lambda p: torch.optim.Adam(p, lr=0.01), True)

"""What `cajal train mnist --model mlp` does, in PyTorch as it is fastest without a data loader.

    mnist_pytorch.py FOLDER EPOCHS SEED THREADS eager|compile
"""

import gzip
import json
import math
import sys

import numpy as np
import torch
from torch import nn

folder, epochs, seed, threads, form = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
torch.set_num_threads(threads)
torch.manual_seed(seed)


def read(name, skip):
    with gzip.open(f"{folder}/{name}") as file:
        return np.frombuffer(file.read(), np.uint8, offset=skip)


def load(name):
    pixels = torch.from_numpy(read(f"{name}-images-idx3-ubyte.gz", 16).reshape(-1, 784).astype(np.float32) / 255)
    return pixels, torch.from_numpy(read(f"{name}-labels-idx1-ubyte.gz", 8).astype(np.int64))


x, y = load("train")
network = nn.Sequential(
    nn.Linear(784, 512), nn.ReLU(), nn.Dropout(0.2), nn.Linear(512, 512), nn.ReLU(), nn.Dropout(0.2), nn.Linear(512, 10)
)
for layer in network:
    if isinstance(layer, nn.Linear):
        nn.init.kaiming_normal_(layer.weight)
        nn.init.zeros_(layer.bias)
optimizer = torch.optim.Adam(network.parameters(), lr=1e-3, fused=True)
steps = epochs * math.ceil(len(x) / 128)
schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 0.5 * (1 + math.cos(math.pi * min(step, steps) / steps)))


def loss_of(images, labels):
    return nn.functional.cross_entropy(network(images), labels)


forward = torch.compile(loss_of) if form == "compile" else loss_of
network.train()
for _ in range(epochs):
    for positions in torch.randperm(len(x)).split(128):
        optimizer.zero_grad(set_to_none=True)
        forward(x[positions], y[positions]).backward()
        optimizer.step()
        schedule.step()
network.eval()
x, y = load("t10k")
with torch.inference_mode():
    right = sum((network(x[i : i + 1000]).argmax(1) == y[i : i + 1000]).sum().item() for i in range(0, len(x), 1000))
print(json.dumps({"test_accuracy": right / len(x), "version": f"PyTorch {torch.__version__}"}))

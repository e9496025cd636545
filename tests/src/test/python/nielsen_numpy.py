"""NielsenTest's training, written down with NumPy: what the setting itself does, whatever the framework.

CAJAL_DATA=... python3 nielsen_numpy.py HIDDEN SEED...
"""

import gzip
import os
import sys

import numpy as np

EPOCHS, BATCH, RATE = 30, 10, 3.0


def load(part):
    def read(name, offset):
        path = os.path.join(os.environ["CAJAL_DATA"], "mnist", f"{part}-{name}-ubyte.gz")
        with gzip.open(path) as file:
            return np.frombuffer(file.read(), np.uint8, offset=offset)

    images = read("images-idx3", 16).reshape(-1, 784).astype(np.float32) / 255
    return images, read("labels-idx1", 8)


def sigmoid(z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))


def peak(hidden, seed, images, labels, test_images, test_labels):
    random = np.random.default_rng(seed)

    def normal(*shape):
        return random.standard_normal(shape).astype(np.float32)

    b1, b2, w1, w2 = normal(hidden), normal(10), normal(784, hidden), normal(hidden, 10)
    wanted = np.eye(10, dtype=np.float32)[labels]
    step = np.float32(RATE / BATCH)
    right = []
    for _ in range(EPOCHS):
        order = random.permutation(len(images))
        for start in range(0, len(images), BATCH):
            chosen = order[start : start + BATCH]
            x = images[chosen]
            a = sigmoid(x @ w1 + b1)
            y = sigmoid(a @ w2 + b2)
            d2 = (y - wanted[chosen]) * y * (1 - y)
            d1 = (d2 @ w2.T) * a * (1 - a)
            w2 -= step * (a.T @ d2)
            b2 -= step * d2.sum(0)
            w1 -= step * (x.T @ d1)
            b1 -= step * d1.sum(0)
        told = np.argmax(sigmoid(test_images @ w1 + b1) @ w2 + b2, 1)
        right.append(np.mean(told == test_labels))
    return 100 * max(right)


def main():
    images, labels = load("train")
    test_images, test_labels = load("t10k")
    for seed in map(int, sys.argv[2:]):
        best = peak(int(sys.argv[1]), seed, images[:50_000], labels[:50_000], test_images, test_labels)
        print(f"{sys.argv[1]} hidden, seed {seed}: peak {best:.2f} %", flush=True)


main()

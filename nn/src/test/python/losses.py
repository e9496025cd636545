"""Losses of each example and their sum's gradient by the prediction, by PyTorch in double precision; the multi-class hinge by scikit-learn."""

import random

import torch
import torch.nn.functional as f
from sklearn.metrics import hinge_loss

from fixture import write

BATCH = 5
COLUMNS = 4
random.seed(7)


def numbers(rows, columns, scale=1.0):
    return [[float(f"{random.gauss(0, scale):.6g}") for _ in range(columns)] for _ in range(rows)]


def tensor(rows):
    return torch.tensor(rows, dtype=torch.float64)


prediction = numbers(BATCH, COLUMNS, 2.0)
values = numbers(BATCH, COLUMNS, 2.0)
values[1] = list(prediction[1])
binary = [[float(random.random() < 0.5) for _ in range(COLUMNS)] for _ in range(BATCH)]
soft = [[round(random.random(), 3) for _ in range(COLUMNS)] for _ in range(BATCH)]
labels = [2, 0, 3, 1, 1]
# Probabilities that are sums of eighths, so that f32 holds them exactly, one of them zero.
dense = [[0.5, 0.25, 0.125, 0.125], [1, 0, 0, 0], [0.25, 0.25, 0.25, 0.25], [0, 0.125, 0.875, 0], [0.5, 0, 0, 0.5]]
counts = [[float(random.randint(0, 5)) for _ in range(COLUMNS)] for _ in range(BATCH)]
weights = [0.5, 2.0, 1.0, 3.0]


def case(loss):
    """`loss` maps a prediction to something of shape [batch, ...]; its mean over all but the batch is the loss of an example."""
    p = tensor(prediction).requires_grad_()
    each = loss(p)
    each = each.reshape(BATCH, -1).mean(1)
    each.sum().backward()
    return {"losses": each.tolist(), "gradient": p.grad.flatten().tolist()}


def crammer_singer():
    p = tensor(prediction)
    each = [hinge_loss([labels[i]], [prediction[i]], labels=range(COLUMNS)) for i in range(BATCH)]
    return {"losses": [float(loss) for loss in each], "gradient": []}


none = {"reduction": "none"}
signs = tensor(binary) * 2 - 1
cases = {
    "mse": case(lambda p: f.mse_loss(p, tensor(values), **none)),
    "quadratic": case(lambda p: f.mse_loss(p, tensor(values), **none).sum(1) / 2),
    "mae": case(lambda p: f.l1_loss(p, tensor(values), **none)),
    "huber": case(lambda p: f.huber_loss(p, tensor(values), delta=1.5, **none)),
    "log_cosh": case(lambda p: torch.log(torch.cosh(p - tensor(values)))),
    "binary": case(lambda p: f.binary_cross_entropy_with_logits(p, tensor(binary), **none)),
    "binary_soft": case(lambda p: f.binary_cross_entropy_with_logits(p, tensor(soft), **none)),
    "binary_weight": case(lambda p: f.binary_cross_entropy_with_logits(
        p, tensor(binary), pos_weight=torch.tensor(3.0, dtype=torch.float64), **none)),
    "binary_smoothing": case(lambda p: f.binary_cross_entropy_with_logits(p, tensor(binary) * 0.8 + 0.1, **none)),
    "categorical": case(lambda p: f.cross_entropy(p, torch.tensor(labels), **none)),
    "categorical_smoothing": case(lambda p: f.cross_entropy(p, torch.tensor(labels), label_smoothing=0.1, **none)),
    "categorical_weights": case(lambda p: f.cross_entropy(p, torch.tensor(labels), weight=tensor(weights), **none)),
    "categorical_both": case(lambda p: f.cross_entropy(
        p, torch.tensor(labels), weight=tensor(weights), label_smoothing=0.1, **none)),
    "categorical_dense": case(lambda p: f.cross_entropy(p, tensor(dense), **none)),
    "categorical_dense_both": case(lambda p: f.cross_entropy(
        p, tensor(dense), weight=tensor(weights), label_smoothing=0.1, **none)),
    "hinge": case(lambda p: torch.relu(1 - signs * p)),
    "hinge_squared": case(lambda p: torch.relu(1 - signs * p) ** 2),
    "kullback_leibler": case(lambda p: f.kl_div(f.log_softmax(p, 1), tensor(dense), **none).sum(1)),
    "poisson": case(lambda p: f.poisson_nll_loss(p, tensor(counts), log_input=True, **none)),
    "cosine": case(lambda p: 1 - f.cosine_similarity(p, tensor(values), dim=1)),
    "multi_class_hinge": crammer_singer(),
}
flat = lambda rows: [number for row in rows for number in row]
write("loss", "losses.json", {
    "prediction": flat(prediction), "values": flat(values), "answers": flat(binary), "soft": flat(soft),
    "labels": labels, "dense": [float(x) for x in flat(dense)], "counts": flat(counts), "weights": weights, **cases,
})

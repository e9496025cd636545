"""Metrics by scikit-learn, of predictions with ties, with and without weights."""

import random
import warnings

import numpy as np
import sklearn.metrics as m

from fixture import write

warnings.simplefilter("error")
ROWS = 40
CLASSES = 4
random.seed(3)

# Probabilities are multiples of 1/64: exact in f32, and tied often.
binary_target = [int(random.random() < 0.4) for _ in range(ROWS)]
binary_score = [min(62, max(2, int(random.gauss(28 + 10 * t, 12)) // 4 * 4)) / 64 for t in binary_target]


def probabilities(label):
    parts = [random.randint(1, 8) + (9 if k == label and random.random() < 0.6 else 0) for k in range(CLASSES)]
    scaled = [part * 64 // sum(parts) for part in parts]
    scaled[-1] += 64 - sum(scaled)
    return [part / 64 for part in scaled]


# Class 3 is never a target and class 0 is rare.
label = [random.choice([0, 1, 1, 1, 2, 2, 2]) for _ in range(ROWS)]
label_all = [random.randrange(CLASSES) for _ in range(ROWS)]
table = [probabilities(k) for k in label]
table_all = [probabilities(k) for k in label_all]
weight = [random.choice([0.5, 1.0, 2.0, 3.0]) for _ in range(ROWS)]
value_target = [[round(random.gauss(5, 2), 2), round(random.gauss(-3, 1), 2)] for _ in range(ROWS)]
value = [[round(t + random.gauss(0, 0.7), 2) for t in row] for row in value_target]
# What a network hands over is f32.
value_target = np.array(value_target, dtype=np.float32).tolist()
value = np.array(value, dtype=np.float32).tolist()

predicted = [int(np.argmax(row)) for row in table]
binary_predicted = [int(score >= 0.5) for score in binary_score]
f32 = lambda rows: np.array(rows, dtype=np.float32)


def both(figure):
    return [float(figure(None)), float(figure(weight))]


def classes(figure, average):
    return both(lambda w: figure(label, predicted, average=average, sample_weight=w, zero_division=0))


cases = {
    "accuracy": both(lambda w: m.accuracy_score(label, predicted, sample_weight=w)),
    "binary_accuracy": both(lambda w: m.accuracy_score(binary_target, binary_predicted, sample_weight=w)),
    "top_2_accuracy": both(lambda w: m.top_k_accuracy_score(
        label, np.array(table) - 1e-9 * np.arange(CLASSES), k=2, labels=range(CLASSES), sample_weight=w)),
    "precision": both(lambda w: m.precision_score(binary_target, binary_predicted, sample_weight=w)),
    "recall": both(lambda w: m.recall_score(binary_target, binary_predicted, sample_weight=w)),
    "f1": both(lambda w: m.f1_score(binary_target, binary_predicted, sample_weight=w)),
    "roc_auc": both(lambda w: m.roc_auc_score(binary_target, f32(binary_score), sample_weight=w)),
    "roc_auc_classes": both(lambda w: m.roc_auc_score(
        label_all, np.array(table_all), multi_class="ovr", average="macro", sample_weight=w)),
    "pr_auc": both(lambda w: m.average_precision_score(binary_target, f32(binary_score), sample_weight=w)),
    "pr_auc_classes": both(lambda w: m.average_precision_score(
        np.eye(CLASSES)[label_all], np.array(table_all), average="macro", sample_weight=w)),
    "log_loss": both(lambda w: m.log_loss(label, np.array(table), labels=range(CLASSES), sample_weight=w)),
    "log_loss_binary": both(lambda w: m.log_loss(binary_target, np.array(binary_score), sample_weight=w)),
    "log_loss_certain": both(lambda w: m.log_loss([0, 1], f32([1.0, 1.0]))),
    "mae": both(lambda w: m.mean_absolute_error(value_target, value, sample_weight=w)),
    "rmse": both(lambda w: m.root_mean_squared_error(value_target, value, sample_weight=w)),
    "r2": both(lambda w: m.r2_score(value_target, value, sample_weight=w)),
    "mape": both(lambda w: m.mean_absolute_percentage_error(value_target, value, sample_weight=w)),
}
for name, figure in [("precision", m.precision_score), ("recall", m.recall_score), ("f1", m.f1_score)]:
    for average in ["macro", "micro", "weighted"]:
        cases[f"{name}_{average}"] = classes(figure, average)
    each = [figure(label, predicted, average=None, labels=range(CLASSES), sample_weight=w, zero_division=0)
            for w in [None, weight]]
    for k in [0, 2, 3]:
        cases[f"{name}_class_{k}"] = [float(row[k]) for row in each]

flat = lambda rows: [number for row in rows for number in row]
write("metric", "metrics.json", {
    "binary_target": binary_target, "binary_score": binary_score, "label": label, "table": flat(table),
    "label_all": label_all, "table_all": flat(table_all), "weight": weight,
    "value_target": flat(value_target), "value": flat(value),
    "confusion": flat(m.confusion_matrix(label, predicted, labels=range(CLASSES)).tolist()), **cases,
})

"""Twenty updates of each optimizer by PyTorch (Lion and LAMB: optax), in double precision, from the same gradients."""

import random

import jax
import optax
import torch

from fixture import write

jax.config.update("jax_enable_x64", True)

STEPS = 20
KERNEL = 6
BIAS = 3
random.seed(20)


def numbers(count, scale=1.0):
    return [float(f"{random.gauss(0, scale):.6g}") for _ in range(count)]


kernel = numbers(KERNEL)
bias = numbers(BIAS, 0.1)
# Gradients of very different sizes, with zeros among them: the first update's and a whole column of one parameter's.
gradients = [numbers(KERNEL, 10.0 ** ((step % 5) - 3)) + numbers(BIAS) for step in range(STEPS)]
for step in range(STEPS):
    gradients[step][1] = 0.0
gradients[0][4] = 0.0


def by_torch(make):
    p = [torch.tensor(kernel, dtype=torch.float64), torch.tensor(bias, dtype=torch.float64)]
    optimizer = make(p)
    rows = []
    for gradient in gradients:
        p[0].grad = torch.tensor(gradient[:KERNEL], dtype=torch.float64)
        p[1].grad = torch.tensor(gradient[KERNEL:], dtype=torch.float64)
        if isinstance(optimizer, tuple):
            before, step = optimizer
            before(p)
            step.step()
        else:
            optimizer.step()
        rows.append(p[0].tolist() + p[1].tolist())
    return rows


def by_optax(transformation):
    p = {"kernel": jax.numpy.array(kernel), "bias": jax.numpy.array(bias)}
    state = transformation.init(p)
    rows = []
    for gradient in gradients:
        g = {"kernel": jax.numpy.array(gradient[:KERNEL]), "bias": jax.numpy.array(gradient[KERNEL:])}
        updates, state = transformation.update(g, state, p)
        p = optax.apply_updates(p, updates)
        rows.append(p["kernel"].tolist() + p["bias"].tolist())
    return rows


def averaged(decay):
    """The running mean of the parameters, not the parameters."""
    p = [torch.nn.Parameter(torch.tensor(kernel + bias, dtype=torch.float64))]
    module = torch.nn.Module()
    module.register_parameter("p", p[0])
    mean = torch.optim.swa_utils.AveragedModel(
        module, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(decay))
    optimizer = torch.optim.SGD(p, lr=0.05)
    rows = []
    for gradient in gradients:
        p[0].grad = torch.tensor(gradient, dtype=torch.float64)
        optimizer.step()
        mean.update_parameters(module)
        rows.append(mean.module.p.tolist())
    return rows


o = torch.optim
cases = {
    "sgd": by_torch(lambda p: o.SGD(p, lr=0.05)),
    "momentum": by_torch(lambda p: o.SGD(p, lr=0.05, momentum=0.9)),
    "nesterov": by_torch(lambda p: o.SGD(p, lr=0.05, momentum=0.9, nesterov=True)),
    "rmsprop": by_torch(lambda p: o.RMSprop(p, lr=0.01)),
    "rmsprop_momentum_centered": by_torch(
        lambda p: o.RMSprop(p, lr=0.01, alpha=0.9, momentum=0.8, centered=True, eps=1e-4)),
    "adagrad": by_torch(lambda p: o.Adagrad(p, lr=0.1)),
    "adagrad_initial": by_torch(lambda p: o.Adagrad(p, lr=0.1, initial_accumulator_value=0.1)),
    "adadelta": by_torch(lambda p: o.Adadelta(p)),
    "adam": by_torch(lambda p: o.Adam(p, lr=0.01)),
    "adam_betas": by_torch(lambda p: o.Adam(p, lr=0.01, betas=(0.5, 0.9), eps=1e-3)),
    "amsgrad": by_torch(lambda p: o.Adam(p, lr=0.01, amsgrad=True)),
    "adam_l2": by_torch(lambda p: o.Adam(p, lr=0.01, weight_decay=0.1)),
    "adamw": by_torch(lambda p: o.AdamW(p, lr=0.01, weight_decay=0.1)),
    "adamw_no_bias": by_torch(
        lambda p: o.AdamW([{"params": p[:1]}, {"params": p[1:], "weight_decay": 0.0}], lr=0.01, weight_decay=0.1)),
    "nadam": by_torch(lambda p: o.NAdam(p)),
    "radam": by_torch(lambda p: o.RAdam(p, lr=0.01)),
    "radam_short": by_torch(lambda p: o.RAdam(p, lr=0.01, betas=(0.9, 0.8))),
    "clip_norm": by_torch(
        lambda p: (lambda q: torch.nn.utils.clip_grad_norm_(q, 0.5), o.SGD(p, lr=0.05, momentum=0.9))),
    "clip_value": by_torch(
        lambda p: (lambda q: torch.nn.utils.clip_grad_value_(q, 0.01), o.SGD(p, lr=0.05, momentum=0.9))),
    "averaged": averaged(0.9),
    "lion": by_optax(optax.lion(0.01, weight_decay=0.1)),
    "lamb": by_optax(optax.lamb(0.01, weight_decay=0.1)),
}
write("optimizer", "optimizers.json", {
    "start": kernel + bias,
    "gradients": {str(step): row for step, row in enumerate(gradients)},
    **{name: {str(step): row for step, row in enumerate(rows)} for name, rows in cases.items()},
})

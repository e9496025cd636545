"""Layers' outputs and gradients by PyTorch, in double precision."""

import random

import torch

torch.set_default_dtype(torch.float64)


def numbers(*shape, scale=1.0):
    size = torch.Size(shape).numel()
    return torch.tensor([float(f"{random.gauss(0, scale):.6g}") for _ in range(size)]).reshape(shape)


def flat(tensor):
    return tensor.detach().flatten().tolist()


def layer(function, x, parameters):
    """`function` maps an input and parameters to the output; gradients by all of them."""
    x = x.clone().requires_grad_(x.is_floating_point())
    parameters = {name: value.clone().requires_grad_() for name, value in parameters.items()}
    y = function(x, *parameters.values())
    cotangent = numbers(y.numel())
    (y.flatten() * cotangent).sum().backward()
    case = {"input": flat(x), "output": flat(y), "cotangent": flat(cotangent)}
    if x.is_floating_point():
        case["gradient"] = flat(x.grad)
    for name, value in parameters.items():
        case[name] = flat(value)
        case[name + "_gradient"] = flat(value.grad)
    return case


def first(x):
    """Channels first."""
    return x.movedim(-1, 1)


def last(x):
    """Channels last."""
    return x.movedim(1, -1)

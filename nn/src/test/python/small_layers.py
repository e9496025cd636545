"""Layers whose definition is a line or two."""

import random

import torch
import torch.nn.functional as f

from fixture import write
from torch_fixture import first, last, layer, numbers

random.seed(14)


def squeeze_excite(x, squeeze, squeeze_bias, excite, excite_bias):
    few = torch.relu(x.mean((1, 2)) @ squeeze + squeeze_bias)
    return x * torch.sigmoid(few @ excite + excite_bias)[:, None, None, :]


def dense(inputs, units, path=""):
    return {path + "kernel": numbers(inputs, units), path + "bias": numbers(units)}


def two(x, k, b, l, c):
    """Of two dense layers."""
    return torch.tanh(x @ k + b), x @ l + c


def norm(size):
    return lambda x: last(f.local_response_norm(first(x), size, alpha=0.3, beta=0.6, k=1.5))


def latent(x, k, b, mean, mean_bias, variance, variance_bias, decoder, decoder_bias):
    """Where nothing is drawn, the code is the mean; the variances have no influence."""
    code = torch.tanh(x @ k + b) @ mean + mean_bias + 0 * (variance.sum() + variance_bias.sum())
    return torch.tanh(code @ decoder + decoder_bias)


write("layer", "small_layers.json", {
    "squeeze_excite": layer(squeeze_excite, numbers(2, 3, 4, 6),
                            {**dense(6, 3, "squeeze/"), **dense(3, 6, "excite/")}),
    "global_average": layer(lambda x: x.mean((1, 2)), numbers(2, 3, 4, 3), {}),
    "global_max": layer(lambda x: x.amax((1, 2)), numbers(2, 3, 4, 3), {}),
    "global_average_sequence": layer(lambda x: x.mean(1), numbers(2, 5, 3), {}),
    "layer_scale": layer(lambda x, scale: x * scale, numbers(2, 3, 4), {"scale": numbers(4)}),
    "bias": layer(lambda x, bias: x + bias, numbers(2, 3, 4), {"bias": numbers(3, 4)}),
    "channel_slice": layer(lambda x: x[..., 1:3], numbers(2, 3, 4), {}),
    "rescaling": layer(lambda x: 2.5 * x - 1.25, numbers(2, 3, 4), {}),
    "constant_padding": layer(lambda x: last(f.pad(first(x), [2, 2, 2, 2], value=-0.75)), numbers(2, 3, 2, 2), {}),
    "constant_padding_sequence": layer(lambda x: last(f.pad(first(x), [1, 1], value=3)), numbers(2, 3, 2), {}),
    "local_response_norm_odd": layer(norm(3), numbers(2, 3, 7, scale=2.0), {}),
    "local_response_norm_wide": layer(norm(5), numbers(2, 3, 4, scale=2.0), {}),
    "up_sampling_linear_three": layer(
        lambda x: last(f.interpolate(first(x), scale_factor=3, mode="bilinear", align_corners=False)),
        numbers(2, 2, 3, 2), {}),
    "up_sampling_nearest_sequence": layer(
        lambda x: last(f.interpolate(first(x), scale_factor=3, mode="nearest")), numbers(2, 3, 2), {}),
    "flatten": layer(lambda x: x.flatten(1), numbers(2, 3, 4), {}),
    "reshape": layer(lambda x: x.unflatten(-1, (2, 3)), numbers(2, 6), {}),
    "branches_concatenated": layer(lambda *a: torch.cat(two(*a), -1), numbers(2, 3, 4),
                                   {**dense(4, 3, "0/"), **dense(4, 2, "1/")}),
    "branches_summed": layer(lambda *a: sum(two(*a)), numbers(3, 4), {**dense(4, 3, "0/"), **dense(4, 3, "1/")}),
    "branches_multiplied": layer(lambda *a: torch.mul(*two(*a)), numbers(3, 4),
                                 {**dense(4, 3, "0/"), **dense(4, 3, "1/")}),
    "fork_and_parallel": layer(
        lambda x, k, b, l, c, m, d, n, e: (torch.tanh(x @ k + b) @ m + d) * ((x @ l + c) @ n + e), numbers(3, 4),
        {**dense(4, 3, "0/0/"), **dense(4, 2, "0/1/"), **dense(3, 2, "1/0/"), **dense(2, 2, "1/1/")}),
    "shared": layer(lambda x, k, b: torch.tanh(torch.tanh(x @ k + b) @ k + b), numbers(3, 4), dense(4, 4, "twice/")),
    "auto_encoder": layer(latent, numbers(3, 4),
                          {**dense(4, 3, "encoder/0/"), **dense(3, 2, "encoder/1/mean/"),
                           **dense(3, 2, "encoder/1/variance/"), **dense(2, 4, "decoder/")}),
})

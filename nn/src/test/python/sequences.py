"""Layers that go along sequences, and attention: several lengths, directions, layers, states that come in and go out, positions."""

import math
import random

import torch
import torch.nn.functional as f
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from fixture import write
from torch_fixture import layer, numbers

random.seed(13)

LENGTHS = [3, 5, 1]
PRESENT = torch.arange(5)[None, :] < torch.tensor(LENGTHS)[:, None]


def theirs(module, ours):
    """Our parameters, `[layer/][direction/]name`, under the names of a module; what it has besides is zero."""
    names = {"kernel": "weight_ih", "bias": "bias_ih", "recurrent": "weight_hh", "recurrentBias": "bias_hh",
             "projection": "weight_hr"}
    found = {name: torch.zeros_like(value) for name, value in module.named_parameters()}
    for path, value in ours.items():
        *places, name = path.split("/")
        place = places[0] if module.num_layers > 1 else "0"
        way = "_reverse" if module.bidirectional and places[-1] == "1" else ""
        found[f"{names[name]}_l{place}{way}"] = value.T if value.ndim == 2 else value
    return found


def recurrent(module, x, parameters, lengths=None, states=(), result=lambda y, last: y):
    """`parameters` by our paths. `states` are parameters too: those to begin with, in the order of the module's.

    `result` makes the output of the sequence and the last states, `[batch, layers * directions, ...]` each."""
    names = [path for path in parameters if path not in states]

    def run(x, *values):
        p = dict(zip(parameters, values))
        given = [p[name][None] for name in states]
        begin = () if not given else (given[0] if len(given) == 1 else tuple(given),)
        inputs = x if lengths is None else pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        y, after = torch.func.functional_call(module, theirs(module, {n: p[n] for n in names}), (inputs, *begin))
        if lengths is not None:
            y, _ = pad_packed_sequence(y, batch_first=True, total_length=x.shape[1])
        return result(y, [state.movedim(0, 1) for state in (after if isinstance(after, tuple) else (after,))])

    return layer(run, x, parameters)


def behind(y, states):
    """The states behind the sequence, as if they were further positions."""
    return torch.cat([y] + states, 1)


def the_last(y, states):
    """Of all directions side by side."""
    return states[0].flatten(1)


def weights(features, units, gates, outputs=None):
    return {"kernel": numbers(features, gates * units), "bias": numbers(gates * units),
            "recurrent": numbers(outputs or units, gates * units, scale=0.7)}


def gru(features, units):
    return {**weights(features, units, 3), "recurrentBias": numbers(3 * units)}


def below(path, parameters):
    return {f"{path}/{name}": value for name, value in parameters.items()}


def stacked(*parameters):
    return {path: value for i, part in enumerate(parameters) for path, value in below(str(i), part).items()}


def slopes(heads):
    """As in Hugging Face's `build_alibi_tensor`."""
    closest = 2 ** math.floor(math.log2(heads))
    base = 2 ** (-(2 ** -(math.log2(closest) - 3)))
    found = [base ** power for power in range(1, 1 + closest)]
    if closest != heads:
        extra = 2 ** (-(2 ** -(math.log2(2 * closest) - 3)))
        found += [extra ** power for power in range(1, 1 + 2 * min(closest, heads - closest), 2)]
    return torch.tensor(found)


def attention(heads, causal=False, present=None, linear=False):
    """By scores. `present` says which keys are there, `[batch, keys]`."""

    def run(x, kernel, bias, output_kernel, output_bias):
        q, k, v = ((x @ kernel + bias).unflatten(-1, (3, heads, -1)).movedim(-3, 0)).transpose(2, 3)
        scores = q @ k.mT / math.sqrt(q.shape[-1])
        away = torch.arange(x.shape[1])[:, None] - torch.arange(x.shape[1])[None, :]
        if linear:
            scores = scores - slopes(heads)[:, None, None] * away.abs()
        if causal:
            scores = scores.masked_fill(away < 0, -math.inf)
        if present is not None:
            scores = scores.masked_fill(~present[:, None, None, :], -math.inf)
        y = scores.softmax(-1) @ v
        return y.transpose(1, 2).flatten(2) @ output_kernel + output_bias

    return run


def theirs_with_padding(present):
    def run(x, kernel, bias, output_kernel, output_bias):
        module = torch.nn.MultiheadAttention(x.shape[-1], 2, batch_first=True)
        names = {"in_proj_weight": kernel.T, "in_proj_bias": bias,
                 "out_proj.weight": output_kernel.T, "out_proj.bias": output_bias}
        return torch.func.functional_call(
            module, names, (x, x, x), {"need_weights": False, "key_padding_mask": ~present})[0]

    return run


def sums(width):
    return {"input/kernel": numbers(width, 3 * width, scale=0.5), "input/bias": numbers(3 * width),
            "output/kernel": numbers(width, width, scale=0.5), "output/bias": numbers(width)}


def waves(x):
    """By the formula, element by element."""
    table = torch.zeros(x.shape[1:])
    for position in range(x.shape[1]):
        for i in range(x.shape[2]):
            angle = position / 10000 ** ((i - i % 2) / x.shape[2])
            table[position, i] = math.cos(angle) if i % 2 else math.sin(angle)
    return x + table


def tied(tokens, table, kernel, bias):
    return torch.tanh(f.embedding(tokens, table) @ kernel + bias) @ table.T


def present_tokens(tokens, table):
    """The mean and the largest of the rows of those that are not 0."""
    there = (tokens != 0)[..., None]
    rows = f.embedding(tokens, table)
    average = (rows * there).sum(1) / there.sum(1)
    return torch.cat([average, rows.masked_fill(~there, -math.inf).amax(1)], -1)


RNN, LSTM, GRU = torch.nn.RNN, torch.nn.LSTM, torch.nn.GRU
both = {"batch_first": True, "bidirectional": True}
two = {"batch_first": True, "num_layers": 2}
write("layer", "sequences.json", {
    "rnn_states": recurrent(RNN(3, 4, batch_first=True), numbers(2, 5, 3),
                            {**weights(3, 4, 1), "state0": numbers(2, 4)}, states=["state0"], result=behind),
    "lstm_states": recurrent(LSTM(3, 4, batch_first=True), numbers(2, 5, 3),
                             {**weights(3, 4, 4), "state0": numbers(2, 4), "state1": numbers(2, 4)},
                             states=["state0", "state1"], result=behind),
    "gru_states": recurrent(GRU(3, 4, batch_first=True), numbers(2, 5, 3), {**gru(3, 4), "state0": numbers(2, 4)},
                            states=["state0"], result=behind),
    "lstm_states_lengths": recurrent(LSTM(3, 4, batch_first=True), numbers(3, 5, 3),
                                     {**weights(3, 4, 4), "state0": numbers(3, 4), "state1": numbers(3, 4)}, LENGTHS,
                                     ["state0", "state1"], behind),
    "rnn_lengths": recurrent(RNN(3, 4, batch_first=True), numbers(3, 5, 3), weights(3, 4, 1), LENGTHS, result=behind),
    "gru_lengths": recurrent(GRU(3, 4, batch_first=True), numbers(3, 5, 3), gru(3, 4), LENGTHS, result=behind),
    "rnn_bidirectional": recurrent(RNN(3, 2, **both), numbers(2, 4, 3), stacked(weights(3, 2, 1), weights(3, 2, 1))),
    "lstm_bidirectional": recurrent(LSTM(3, 2, **both), numbers(2, 4, 3), stacked(weights(3, 2, 4), weights(3, 2, 4))),
    "lstm_bidirectional_last": recurrent(LSTM(3, 2, **both), numbers(2, 4, 3),
                                         stacked(weights(3, 2, 4), weights(3, 2, 4)), result=the_last),
    "lstm_bidirectional_lengths": recurrent(LSTM(3, 2, **both), numbers(3, 5, 3),
                                            stacked(weights(3, 2, 4), weights(3, 2, 4)), LENGTHS),
    "gru_bidirectional_lengths": recurrent(GRU(3, 2, **both), numbers(3, 5, 3), stacked(gru(3, 2), gru(3, 2)), LENGTHS),
    "gru_bidirectional_lengths_last": recurrent(GRU(3, 2, **both), numbers(3, 5, 3), stacked(gru(3, 2), gru(3, 2)),
                                                LENGTHS, result=the_last),
    "rnn_stacked": recurrent(RNN(3, 4, **two), numbers(2, 5, 3), stacked(weights(3, 4, 1), weights(4, 4, 1))),
    "lstm_stacked": recurrent(LSTM(3, 4, **two), numbers(2, 5, 3), stacked(weights(3, 4, 4), weights(4, 4, 4))),
    "gru_stacked": recurrent(GRU(3, 4, **two), numbers(2, 5, 3), stacked(gru(3, 4), gru(4, 4))),
    "lstm_stacked_bidirectional_lengths": recurrent(
        LSTM(3, 2, num_layers=2, **both), numbers(3, 5, 3),
        stacked(stacked(weights(3, 2, 4), weights(3, 2, 4)), stacked(weights(4, 2, 4), weights(4, 2, 4))), LENGTHS),
    "lstm_projected_lengths": recurrent(LSTM(3, 4, proj_size=2, batch_first=True), numbers(3, 5, 3),
                                        {**weights(3, 4, 4, outputs=2), "projection": numbers(4, 2)}, LENGTHS),
    "attention_present": layer(theirs_with_padding(PRESENT), numbers(3, 5, 6), sums(6)),
    "attention_present_causal": layer(attention(2, causal=True, present=PRESENT), numbers(3, 5, 6), sums(6)),
    "attention_linear_bias_both_ways": layer(attention(4, linear=True), numbers(2, 5, 8), sums(8)),
    "attention_linear_bias_six_heads": layer(attention(6, linear=True, causal=True), numbers(2, 5, 6), sums(6)),
    "attention_linear_bias_twelve_heads": layer(attention(12, linear=True), numbers(1, 4, 12), sums(12)),
    "attention_linear_bias_present": layer(attention(3, linear=True, present=PRESENT), numbers(3, 5, 6), sums(6)),
    "sinusoidal": layer(waves, numbers(2, 7, 6), {}),
    "sinusoidal_odd": layer(waves, numbers(2, 4, 5), {}),
    "position_embedding": layer(lambda x, table: x + table[:4], numbers(2, 4, 3), {"table": numbers(6, 3)}),
    "class_token": layer(lambda x, row: torch.cat([row.expand(2, 1, 3), x], 1), numbers(2, 4, 3), {"row": numbers(1, 3)}),
    "position_slice": layer(lambda x: x[:, -2], numbers(2, 4, 3), {}),
    "tied_embedding": layer(tied, torch.tensor([[0, 5, 2], [4, 4, 1]]),
                            {"table": numbers(6, 3), "body/kernel": numbers(3, 3), "body/bias": numbers(3)}),
    "padded": layer(present_tokens, torch.tensor([[3, 1, 0, 0], [2, 4, 1, 5]]), {"body/0/table": numbers(6, 3)}),
})

"""Activations and layers with their gradients, by PyTorch in double precision."""

import random

import torch
import torch.nn.functional as f

from fixture import write
from torch_fixture import first, flat, last, layer, numbers

random.seed(11)


# The seams of all pieces are among them.
POINTS = [-40, -8, -6, -3.5, -3, -2, -1, -0.75, -0.5, -0.001, 0, 0.001, 0.25, 0.5, 1, 1.5, 3, 4, 6, 9]
COTANGENT = numbers(len(POINTS))


def activation(function):
    """Output, and gradient of the sum of the outputs times given numbers."""
    x = torch.tensor([float(point) for point in POINTS]).reshape(5, 4).requires_grad_()
    y = function(x)
    (y.flatten() * COTANGENT[: y.numel()]).sum().backward()
    return {"output": flat(y), "gradient": flat(x.grad)}


slopes = torch.tensor([0.25, -0.5, 0.125, 2.0])
activations = {
    "identity": activation(lambda x: x * 1),
    "step": {"output": [float(point >= 0) for point in POINTS], "gradient": [0.0] * len(POINTS)},
    "sigmoid": activation(torch.sigmoid),
    "hard-sigmoid": activation(f.hardsigmoid),
    "tanh": activation(torch.tanh),
    "hard-tanh": activation(f.hardtanh),
    "relu": activation(torch.relu),
    "relu6": activation(f.relu6),
    "leaky-relu": activation(f.leaky_relu),
    "prelu": activation(lambda x: f.prelu(x, torch.full((4,), 0.25))),
    "elu": activation(f.elu),
    "selu": activation(f.selu),
    "gelu": activation(f.gelu),
    "gelu-tanh": activation(lambda x: f.gelu(x, approximate="tanh")),
    "silu": activation(f.silu),
    "mish": activation(f.mish),
    "softplus": activation(lambda x: f.softplus(x, threshold=1000)),
    "softsign": activation(f.softsign),
    "softmax": activation(lambda x: f.softmax(x, -1)),
    "log-softmax": activation(lambda x: f.log_softmax(x, -1)),
    "glu": activation(lambda x: f.glu(x, -1)),
    "elu(0.5)": activation(lambda x: f.elu(x, 0.5)),
    "leaky-relu(0.2)": activation(lambda x: f.leaky_relu(x, 0.2)),
    "softmax(0)": activation(lambda x: f.softmax(x, 0)),
    "log-softmax(0)": activation(lambda x: f.log_softmax(x, 0)),
}
write("activation", "activations.json", {
    "points": [float(point) for point in POINTS], "cotangent": flat(COTANGENT), **activations})


def dense(activation):
    return lambda x, kernel, bias: activation(f.linear(x, kernel.T, bias))


def batch_norm(x, scale, bias, training):
    """Channels last; `running` holds mean and variance before and after."""
    channels_first = x.movedim(-1, 1)
    y = f.batch_norm(channels_first, running[0], running[1], scale, bias, training, momentum=0.2, eps=1e-3)
    return y.movedim(1, -1)


def batch_norm_case(x, training):
    global running
    running = [numbers(3), numbers(3).abs() + 0.5]
    before = [flat(part) for part in running]
    case = layer(lambda *a: batch_norm(*a, training), x, {"scale": numbers(3), "bias": numbers(3)})
    return {**case, "mean": before[0], "variance": before[1],
            "next_mean": flat(running[0]), "next_variance": flat(running[1])}


kernel, bias = numbers(4, 3), numbers(3)
residual = {"kernel": numbers(4, 4), "bias": numbers(4)}
projected = {"kernel": kernel, "bias": bias, "projection": numbers(4, 3)}
layers = {
    "dense": layer(dense(lambda x: x), numbers(5, 4), {"kernel": kernel, "bias": bias}),
    "dense_relu": layer(dense(torch.relu), numbers(5, 4), {"kernel": kernel, "bias": bias}),
    "dense_positions": layer(dense(torch.tanh), numbers(2, 3, 4), {"kernel": kernel, "bias": bias}),
    "prelu": layer(f.prelu, numbers(5, 4), {"slope": slopes}),
    "prelu_shared": layer(f.prelu, numbers(5, 4), {"slope": torch.tensor([0.3])}),
    "batch_norm": batch_norm_case(numbers(5, 3, scale=3.0), True),
    "batch_norm_image": batch_norm_case(numbers(2, 2, 3, 3, scale=3.0) + 2, True),
    "batch_norm_prediction": batch_norm_case(numbers(5, 3, scale=3.0), False),
    "layer_norm": layer(lambda x, s, b: f.layer_norm(x, (4,), s, b, 1e-3), numbers(3, 2, 4, scale=2.0),
                        {"scale": numbers(4), "bias": numbers(4)}),
    "embedding": layer(lambda x, table: f.embedding(x, table), torch.tensor([[1, 3, 1], [0, 5, 5]]),
                       {"table": numbers(6, 2)}),
    "residual": layer(lambda x, k, b: x + torch.tanh(x @ k + b), numbers(5, 4), residual),
    "residual_projected": layer(lambda x, k, b, p: x @ p + torch.tanh(x @ k + b), numbers(5, 4), projected),
}


def convolution(function, **options):
    """A kernel `[spatial..., in, out]`, as ours is."""
    return lambda x, kernel, bias: last(
        function(first(x), kernel.movedim(-1, 0).movedim(-1, 1), bias, **options))


def transposed(function, **options):
    return lambda x, kernel, bias: last(
        function(first(x), kernel.movedim(-2, 0).movedim(-1, 1), bias, **options))


def windowed(function, **options):
    return layer(lambda x: last(function(first(x), **options)), numbers(2, 5, 6, 3), {})


layers |= {
    "conv1d": layer(convolution(f.conv1d, stride=2), numbers(2, 7, 3), {"kernel": numbers(3, 3, 4), "bias": numbers(4)}),
    "conv2d": layer(convolution(f.conv2d), numbers(2, 5, 4, 3), {"kernel": numbers(3, 2, 3, 4), "bias": numbers(4)}),
    "conv2d_same": layer(convolution(f.conv2d, padding="same"), numbers(2, 4, 5, 2),
                         {"kernel": numbers(3, 3, 2, 3), "bias": numbers(3)}),
    "conv2d_groups": layer(convolution(f.conv2d, stride=(2, 1), padding=1, groups=2), numbers(2, 5, 4, 4),
                           {"kernel": numbers(3, 3, 2, 6), "bias": numbers(6)}),
    "conv2d_dilated": layer(convolution(f.conv2d, dilation=2), numbers(2, 6, 5, 2),
                            {"kernel": numbers(2, 2, 2, 3), "bias": numbers(3)}),
    "conv3d": layer(convolution(f.conv3d), numbers(1, 3, 4, 3, 2), {"kernel": numbers(2, 2, 2, 2, 3), "bias": numbers(3)}),
    "depthwise": layer(convolution(f.conv2d, padding=1, groups=3), numbers(2, 4, 4, 3),
                       {"kernel": numbers(3, 3, 1, 6), "bias": numbers(6)}),
    "transposed": layer(transposed(f.conv_transpose2d, stride=2, padding=1), numbers(2, 3, 4, 3),
                        {"kernel": numbers(3, 3, 3, 2), "bias": numbers(2)}),
    "transposed1d": layer(transposed(f.conv_transpose1d, stride=3), numbers(2, 4, 2),
                          {"kernel": numbers(2, 2, 3), "bias": numbers(3)}),
    "max_pool": windowed(f.max_pool2d, kernel_size=2),
    "max_pool_overlapping": windowed(f.max_pool2d, kernel_size=3, stride=2, padding=1),
    "average_pool": windowed(f.avg_pool2d, kernel_size=2),
    "average_pool_padded": windowed(f.avg_pool2d, kernel_size=3, stride=2, padding=1, count_include_pad=False),
    "adaptive_average": windowed(f.adaptive_avg_pool2d, output_size=(3, 4)),
    "adaptive_max": windowed(f.adaptive_max_pool2d, output_size=(2, 5)),
    "local_response_norm": windowed(f.local_response_norm, size=2, alpha=0.3, beta=0.75, k=2.0),
    "up_sampling_nearest": windowed(f.interpolate, scale_factor=2, mode="nearest"),
    "up_sampling_linear": windowed(f.interpolate, scale_factor=2, mode="bilinear", align_corners=False),
    "group_norm": layer(lambda x, s, b: last(f.group_norm(first(x), 2, s, b, 1e-3)), numbers(2, 3, 2, 4, scale=2.0),
                        {"scale": numbers(4), "bias": numbers(4)}),
    "instance_norm": layer(lambda x, s, b: last(f.instance_norm(first(x), weight=s, bias=b, eps=1e-3)),
                           numbers(2, 3, 2, 3, scale=2.0), {"scale": numbers(3), "bias": numbers(3)}),
    "rms_norm": layer(lambda x, s: f.rms_norm(x, (4,), s, 1e-3), numbers(3, 2, 4), {"scale": numbers(4)}),
}


def recurrent(module, last=False, reverse=False, **names):
    """`names`: the module's parameters by ours, a projection's by `projection`."""

    def run(x, *parameters):
        ours = dict(zip(names, parameters))
        theirs = {names[name]: value.T for name, value in ours.items() if "bias" not in name.lower()}
        theirs |= {names[name]: value for name, value in ours.items() if "bias" in name.lower()}
        theirs |= {name: torch.zeros_like(value) for name, value in module.named_parameters() if name not in theirs}
        y, _ = torch.func.functional_call(module, theirs, (x.flip(1) if reverse else x,))
        return y[:, -1] if last else y.flip(1) if reverse else y

    return run


def attention(heads, groups, transform=lambda q, k: (q, k), mask=None, causal=False):
    def run(x, kernel, output_kernel, bias=None, output_bias=None):
        size = x.shape[-1] // heads
        mixed = x @ kernel + (0 if bias is None else bias)
        q, k, v = (part.unflatten(-1, (-1, size)).transpose(1, 2)
                   for part in mixed.split([heads * size, groups * size, groups * size], -1))
        q, k = transform(q, k)
        y = f.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=causal, enable_gqa=True)
        return y.transpose(1, 2).flatten(2) @ output_kernel + (0 if output_bias is None else output_bias)

    return run


def their_attention(x, kernel, bias, output_kernel, output_bias):
    module = torch.nn.MultiheadAttention(x.shape[-1], 2, batch_first=True)
    theirs = {"in_proj_weight": kernel.T, "in_proj_bias": bias,
              "out_proj.weight": output_kernel.T, "out_proj.bias": output_bias}
    return torch.func.functional_call(module, theirs, (x, x, x), {"need_weights": False})[0]


def rotary(q, k):
    """As complex numbers; ours are written out."""
    half = q.shape[-1] // 2
    angles = torch.outer(torch.arange(q.shape[2]).double(), 10000.0 ** (-torch.arange(half).double() / half))
    turn = torch.polar(torch.ones_like(angles), angles)

    def turned(x):
        y = torch.complex(x[..., :half], x[..., half:]) * turn
        return torch.cat([y.real, y.imag], -1)

    return turned(q), turned(k)


def linear_bias(slopes, length):
    distance = torch.arange(length)[:, None] - torch.arange(length)[None, :]
    return torch.where(distance >= 0, -torch.tensor(slopes)[:, None, None] * distance, -torch.inf)


usual = {"kernel": "weight_ih_l0", "bias": "bias_ih_l0", "recurrent": "weight_hh_l0"}
layers |= {
    "rnn": layer(recurrent(torch.nn.RNN(3, 4, batch_first=True), **usual), numbers(2, 5, 3),
                 {"kernel": numbers(3, 4), "bias": numbers(4), "recurrent": numbers(4, 4)}),
    "rnn_relu_last": layer(recurrent(torch.nn.RNN(3, 4, nonlinearity="relu", batch_first=True), last=True, **usual),
                           numbers(2, 5, 3),
                           {"kernel": numbers(3, 4), "bias": numbers(4), "recurrent": numbers(4, 4, scale=0.5)}),
    "lstm": layer(recurrent(torch.nn.LSTM(3, 4, batch_first=True), **usual), numbers(2, 6, 3),
                  {"kernel": numbers(3, 16), "bias": numbers(16), "recurrent": numbers(4, 16)}),
    "lstm_reversed": layer(recurrent(torch.nn.LSTM(3, 2, batch_first=True), reverse=True, **usual), numbers(2, 4, 3),
                           {"kernel": numbers(3, 8), "bias": numbers(8), "recurrent": numbers(2, 8)}),
    "lstm_projected": layer(recurrent(torch.nn.LSTM(3, 4, proj_size=2, batch_first=True), last=True, **usual,
                                      projection="weight_hr_l0"), numbers(2, 4, 3),
                            {"kernel": numbers(3, 16), "bias": numbers(16), "recurrent": numbers(2, 16),
                             "projection": numbers(4, 2)}),
    "gru": layer(recurrent(torch.nn.GRU(3, 4, batch_first=True), **usual, recurrent_bias="bias_hh_l0"), numbers(2, 6, 3),
                 {"kernel": numbers(3, 12), "bias": numbers(12), "recurrent": numbers(4, 12),
                  "recurrent_bias": numbers(12)}),
    "attention": layer(their_attention, numbers(2, 5, 6),
                       {"kernel": numbers(6, 18, scale=0.4), "bias": numbers(18), "output_kernel": numbers(6, 6, scale=0.4),
                        "output_bias": numbers(6)}),
    "attention_causal": layer(attention(3, 3, causal=True), numbers(2, 4, 6),
                              {"kernel": numbers(6, 18, scale=0.4), "output_kernel": numbers(6, 6, scale=0.4)}),
    "attention_grouped": layer(attention(4, 2, rotary, causal=True), numbers(2, 5, 16, scale=0.5),
                               {"kernel": numbers(16, 32, scale=0.5), "output_kernel": numbers(16, 16, scale=0.5)}),
    "attention_linear_bias": layer(attention(3, 3, mask=linear_bias([2 ** -4, 2 ** -8, 2 ** -2], 4)), numbers(1, 4, 6),
                                   {"kernel": numbers(6, 18, scale=0.4), "output_kernel": numbers(6, 6, scale=0.4)}),
}


def sideways(present):
    """Ours: the source behind the input, along the positions, so that there are gradients by both."""

    def run(both, query, query_bias, source, source_bias, output, output_bias):
        x, encoded = both[:, :4], both[:, 4:]
        module = torch.nn.MultiheadAttention(x.shape[-1], 2, batch_first=True)
        theirs = {"in_proj_weight": torch.cat([query, source], 1).T, "in_proj_bias": torch.cat([query_bias, source_bias]),
                  "out_proj.weight": output.T, "out_proj.bias": output_bias}
        return torch.func.functional_call(
            module, theirs, (x, encoded, encoded), {"need_weights": False, "key_padding_mask": ~present})[0]

    return run


def block_of(path, attention, cross=False):
    """Our paths of a block of a Transformer by theirs, and whether the kernels are transposed."""
    ours = {"self_attn.in_proj_weight": "branch/input/kernel", "self_attn.in_proj_bias": "branch/input/bias",
            "self_attn.out_proj.weight": "branch/output/kernel", "self_attn.out_proj.bias": "branch/output/bias"}
    names = {name: f"{path}/{attention}/{ours[name]}" for name in ours}
    at = attention + 1
    names |= {"norm1.weight": f"{path}/{at}/scale", "norm1.bias": f"{path}/{at}/bias"}
    if cross:
        names |= {"multihead_attn.out_proj.weight": f"{path}/{at + 1}/branch/output/kernel",
                  "multihead_attn.out_proj.bias": f"{path}/{at + 1}/branch/output/bias",
                  "norm2.weight": f"{path}/{at + 2}/scale", "norm2.bias": f"{path}/{at + 2}/bias"}
        at += 2
    last = "norm3" if cross else "norm2"
    names |= {"linear1.weight": f"{path}/{at + 1}/branch/0/kernel", "linear1.bias": f"{path}/{at + 1}/branch/0/bias",
              "linear2.weight": f"{path}/{at + 1}/branch/1/kernel", "linear2.bias": f"{path}/{at + 1}/branch/1/bias",
              last + ".weight": f"{path}/{at + 2}/scale", last + ".bias": f"{path}/{at + 2}/bias"}
    return names


def encoder_decoder_case():
    """An embedding and a block on each side, and a dense layer; 0 is padding."""
    encoder = torch.nn.TransformerEncoderLayer(4, 2, 3, dropout=0, batch_first=True)
    decoder = torch.nn.TransformerDecoderLayer(4, 2, 3, dropout=0, batch_first=True)
    ours_of_encoder, ours_of_decoder = block_of("encoder", 1), block_of("decoder", 1, cross=True)
    parameters = {"encoder/0/table": numbers(7, 4), "decoder/0/table": numbers(6, 4)}
    for module, ours in ((encoder, ours_of_encoder), (decoder, ours_of_decoder)):
        for theirs, path in ours.items():
            shape = module.get_parameter(theirs).shape[::-1]
            parameters[path] = 1 + numbers(*shape, scale=0.2) if path.endswith("scale") else numbers(*shape, scale=0.5)
    # Queries' columns and those of keys and values, from the output of the encoder.
    parameters |= {"decoder/3/branch/query/kernel": numbers(4, 4, scale=0.5), "decoder/3/branch/query/bias": numbers(4),
                   "decoder/3/branch/source/kernel": numbers(4, 8, scale=0.5), "decoder/3/branch/source/bias": numbers(8),
                   "decoder/7/kernel": numbers(4, 6), "decoder/7/bias": numbers(6)}

    def run(x, *values):
        p = dict(zip(parameters, values))
        source, target = x[:, 0], x[:, 1]

        def embedded(tokens, table):
            return f.embedding(tokens, table) * (tokens != 0).unsqueeze(-1)

        def theirs(ours):
            return {name: p[path].T if path.endswith("kernel") else p[path] for name, path in ours.items()}

        encoded = torch.func.functional_call(encoder, theirs(ours_of_encoder), (embedded(source, p["encoder/0/table"]),),
                                             {"src_key_padding_mask": source == 0})
        both = [torch.cat([p["decoder/3/branch/query/" + part], p["decoder/3/branch/source/" + part]], -1)
                for part in ("kernel", "bias")]
        cross = {"multihead_attn.in_proj_weight": both[0].T, "multihead_attn.in_proj_bias": both[1]}
        causal = torch.ones(x.shape[-1], x.shape[-1], dtype=torch.bool).triu(1)
        decoded = torch.func.functional_call(
            decoder, theirs(ours_of_decoder) | cross, (embedded(target, p["decoder/0/table"]), encoded),
            {"tgt_mask": causal, "tgt_key_padding_mask": target == 0, "memory_key_padding_mask": source == 0})
        return decoded @ p["decoder/7/kernel"] + p["decoder/7/bias"]

    tokens = torch.tensor([[[2, 5, 3, 6, 0], [2, 4, 5, 0, 0]], [[2, 1, 0, 0, 0], [2, 3, 1, 5, 4]]])
    return layer(run, tokens, parameters)


layers |= {
    "cross_attention": layer(sideways(torch.tensor([[True, True, False], [True, False, False]])), numbers(2, 7, 6),
                             {"kernel": numbers(6, 6, scale=0.4), "bias": numbers(6),
                              "source_kernel": numbers(6, 12, scale=0.4), "source_bias": numbers(12),
                              "output_kernel": numbers(6, 6, scale=0.4), "output_bias": numbers(6)}),
    "encoder_decoder": encoder_decoder_case(),
}
write("layer", "layers.json", layers)

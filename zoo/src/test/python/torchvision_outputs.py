"""What torchvision's models give for weights and pictures that both sides compute by one formula.

    python zoo/src/test/python/torchvision_outputs.py

Weights are made in the order and the layout that they have here, so an order or an axis that is not as here changes the outputs. Without AlexNet: torchvision's is the one of 2014 ("One weird
trick"), which has other widths and neither groups nor response normalisation.
"""

import json
import pathlib

import numpy
import torch
import torchvision

CLASSES = 10
STATISTICS = 1 << 20


def noise(tensor, count):
    """Numbers from -1 to 1 (not included): element i of a tensor by its number."""
    x = numpy.arange(count, dtype=numpy.uint32) * numpy.uint32(0x85EBCA6B) + numpy.uint32(tensor * 0x9E3779B9 & 0xFFFFFFFF)
    x ^= x >> numpy.uint32(16)
    x *= numpy.uint32(0x7FEB352D)
    x ^= x >> numpy.uint32(15)
    x *= numpy.uint32(0x846CA68B)
    x ^= x >> numpy.uint32(16)
    return x.astype(numpy.float64) / 2.0**31 - 1


def made(number, kind, shape):
    u = noise(number, int(numpy.prod(shape))).reshape(shape)
    if kind == "kernel":
        u = u * numpy.sqrt(6.0 * shape[-1] / numpy.prod(shape))
    elif kind == "scale":
        u = 1 + 0.3 * u
    elif kind == "variance":
        u = 1 + 0.5 * u
    else:
        u = 0.2 * u
    return torch.from_numpy(u.astype(numpy.float32))


class Weights:
    """Fills a model's tensors one after the other."""

    def __init__(self, model):
        self.state = model.state_dict()
        self.open = {name for name in self.state if not name.endswith("num_batches_tracked")}
        self.parameters = 0
        self.statistics = STATISTICS

    def put(self, name, kind, shape, to_torch):
        if kind in ("mean", "variance"):
            number, self.statistics = self.statistics, self.statistics + 1
        else:
            number, self.parameters = self.parameters, self.parameters + 1
        value = to_torch(made(number, kind, shape))
        assert value.shape == self.state[name].shape, (name, value.shape, self.state[name].shape)
        self.state[name].copy_(value)
        self.open.remove(name)

    def vector(self, name, kind):
        shape = tuple(self.state[name].shape)
        self.put(name, kind, (shape[0],), lambda t: t.reshape(shape))

    def convolution(self, name):
        features, channels, height, width = self.state[name + ".weight"].shape
        # A depthwise one has its channels last, too.
        depthwise = channels == 1
        shape = (height, width, features) if depthwise else (height, width, channels, features)
        self.put(name + ".weight", "kernel", shape,
                 lambda t: t.permute(2, 0, 1).unsqueeze(1) if depthwise else t.permute(3, 2, 0, 1))
        if name + ".bias" in self.state:
            self.vector(name + ".bias", "bias")

    def dense(self, name, weight=".weight", bias=".bias", picture=None):
        units, inputs = self.state[name + weight].shape

        def to_torch(t):
            if picture:  # numbers of a picture are in the order height, width, channels here
                t = t.reshape(*picture, units).permute(2, 0, 1, 3).reshape(inputs, units)
            return t.T

        self.put(name + weight, "kernel", (inputs, units), to_torch)
        self.vector(name + bias, "bias")

    def norm(self, name):
        if name + ".running_mean" in self.state:
            self.vector(name + ".running_mean", "mean")
            self.vector(name + ".running_var", "variance")
        self.vector(name + ".weight", "scale")
        self.vector(name + ".bias", "bias")


def vgg(w):
    for name in [n[: -len(".weight")] for n in w.state if n.startswith("features") and n.endswith(".weight")]:
        w.convolution(name)
    w.dense("classifier.0", picture=(7, 7, 512))
    w.dense("classifier.3")
    w.dense("classifier.6")


def resnet(w):
    w.convolution("conv1")
    w.norm("bn1")
    blocks = list(dict.fromkeys(".".join(n.split(".")[:2]) for n in w.state if n.startswith("layer")))
    for block in blocks:
        for i in (1, 2, 3):
            if f"{block}.conv{i}.weight" in w.state:
                w.convolution(f"{block}.conv{i}")
                w.norm(f"{block}.bn{i}")
        if f"{block}.downsample.0.weight" in w.state:
            w.convolution(f"{block}.downsample.0")
            w.norm(f"{block}.downsample.1")
    w.dense("fc")


def mobilenet(w):
    for name in [n[: -len(".weight")] for n in w.state if n.startswith("features") and n.endswith(".weight")]:
        (w.convolution if w.state[name + ".weight"].dim() == 4 else w.norm)(name)
    w.dense("classifier.1")


def convnext(w):
    w.convolution("features.0.0")
    w.norm("features.0.1")
    for stage in range(4):
        if stage:
            w.norm(f"features.{2 * stage}.0")
            w.convolution(f"features.{2 * stage}.1")
        for i in range((3, 3, 9, 3)[stage]):
            block = f"features.{2 * stage + 1}.{i}"
            w.convolution(block + ".block.0")
            w.norm(block + ".block.2")
            w.dense(block + ".block.3")
            w.dense(block + ".block.5")
            w.vector(block + ".layer_scale", "scale")
    w.norm("classifier.0")
    w.dense("classifier.2")


def vit(w):
    w.convolution("conv_proj")
    width = w.state["class_token"].shape[-1]
    w.put("class_token", "row", (1, width), lambda t: t.reshape(1, 1, width))
    positions = w.state["encoder.pos_embedding"].shape[1]
    w.put("encoder.pos_embedding", "table", (positions, width), lambda t: t.unsqueeze(0))
    for i in range(12):
        block = f"encoder.layers.encoder_layer_{i}"
        w.norm(block + ".ln_1")
        w.dense(block + ".self_attention", weight=".in_proj_weight", bias=".in_proj_bias")
        w.dense(block + ".self_attention.out_proj")
        w.norm(block + ".ln_2")
        w.dense(block + ".mlp.0")
        w.dense(block + ".mlp.3")
    w.norm("encoder.ln")
    w.dense("heads.head")


def outputs(model, fill, size):
    weights = Weights(model.eval())
    with torch.no_grad():
        fill(weights)
        assert not weights.open, weights.open
        model.load_state_dict(weights.state)
        shape = (1, *size, 3)
        pixels = torch.from_numpy(noise(2 * STATISTICS, int(numpy.prod(shape))).reshape(shape).astype(numpy.float32))
        return {"input": list(shape), "outputs": [float(f"{x:.8g}") for x in model(pixels.permute(0, 3, 1, 2))[0].tolist()]}


def main():
    m = torchvision.models
    cases = {
        "vgg11": outputs(m.vgg11(num_classes=CLASSES), vgg, (64, 96)),
        "resnet18": outputs(m.resnet18(num_classes=CLASSES), resnet, (64, 96)),
        "resnet50": outputs(m.resnet50(num_classes=CLASSES), resnet, (64, 96)),
        "mobilenet": outputs(m.mobilenet_v2(num_classes=CLASSES), mobilenet, (64, 96)),
        "convnext-tiny": outputs(m.convnext_tiny(num_classes=CLASSES), convnext, (64, 96)),
        # torchvision's takes squares only
        "vit-base": outputs(m.VisionTransformer(48, 16, 12, 12, 768, 3072, num_classes=CLASSES), vit, (48, 48)),
    }
    path = pathlib.Path(__file__).parent.parent / "resources/dev/cajal/zoo/torchvision.json"
    path.write_text("{\n" + ",\n".join(json.dumps(k) + ": " + json.dumps(v) for k, v in cases.items()) + "\n}\n")
    print(path.read_text())


main()

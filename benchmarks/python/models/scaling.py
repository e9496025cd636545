"""How the cost of a step grows: the MLP trained by SGD with one size changed at a time."""

from models.mlp import Mlp

import frameworks


class Scaled(Mlp):
    group, workload = "scaling", "mlp-sgd"

    def __init__(self, what, value, batch=128, width=512, depth=2, threads=None):
        super().__init__(
            f"scaling-{what}-{value}", "training", batch,
            f"{what} {value}: MLP of {depth} x {width}, batch {batch}" + (f", {threads} thread" if threads else ""),
            lambda optim: lambda p: optim.SGD(p, lr=0.01, fused=True),
            lambda: frameworks.jax_sgd(0.01),
            lambda: frameworks.tf_sgd(0.01),
            widths=[784, *[width] * depth, 10],
        )
        self.what, self.value, self.threads = what, value, threads

    def has(self, peer, variant):
        return variant in ("eager", "jit")


MODELS = [
    *(Scaled("batch", batch, batch=batch) for batch in (32, 128, 512, 2048)),
    *(Scaled("width", width, width=width) for width in (128, 512, 2048)),
    *(Scaled("depth", depth, depth=depth) for depth in (1, 2, 4, 8)),
    Scaled("threads", 1, threads=1),
]

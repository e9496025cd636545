"""What `fit` costs beside the bare step: Cajal alone."""

import numpy as np

from model import Model
from models.mlp import WIDTHS, parameters_of

EXAMPLES = 8192


class Fit(Model):
    name, kind, title = "fit", "training", "MLP by SGD: 3 epochs of 64 batches with fit, and 192 bare steps"
    cajal_variants = ["", "bare"]
    # Other numbers: `fit` draws its own parameters and order.
    agrees = False
    first_steps = 2

    def inputs(self):
        random = np.random.default_rng(1)
        return {
            "x": random.standard_normal((EXAMPLES, WIDTHS[0]), np.float32),
            "y": random.integers(0, WIDTHS[-1], EXAMPLES, np.int32),
            **parameters_of(random, WIDTHS),
        }


MODELS = [Fit()]

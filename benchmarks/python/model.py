"""What a model has to tell, and where models are found."""

import importlib
import math
import pathlib

PARAMETER = "parameter/"


class Model:
    """Something that is measured. One method for each framework, `pytorch(inputs, variant)` and so on, makes a Run; a framework
    without a method is not measured with this model."""

    #: on the command line; Cajal's side has the same
    name = ""
    #: "training", "inference", "kernel", "data", "machine", or "program": see `programs`
    kind = ""
    #: models that are asked for by one name
    group = ""
    #: of Cajal's side; empty if it is the model's own name
    workload = ""
    #: for Cajal's other forms there is a workload NAME-VARIANT
    cajal_variants = [""]
    #: none for as many as were asked for
    threads = None
    #: before a process is asked for rounds
    first_steps = 20
    #: whether the numbers of all have to be the same
    agrees = True
    #: one line for the tables
    title = ""
    #: floating-point operations of the matrix products and convolutions of one step
    flops = 0
    #: bytes that one step reads and writes at least, where memory is the limit
    bytes = 0
    #: whether the working set is too large for the caches, so that `bytes` come from memory
    is_memory_bound = False

    def has(self, peer, variant):
        """Whether a peer takes part in this variant."""
        return True

    def problem(self):
        """Why it cannot be measured here; none if it can."""
        return None

    def candidates(self, peers):
        """Who takes part: pairs of framework and variant.

        peers: the variants of each peer that are wanted
        """
        return [("cajal", variant) for variant in self.cajal_variants] + [
            (peer, variant) for peer, variants in peers.items() if hasattr(self, peer)
            for variant in variants if self.has(peer, variant)
        ]

    def facts(self):
        """What a report has to know."""
        return {
            "model": self.name, "title": self.title, "kind": self.kind, "group": self.group, "flops": self.flops,
            "bytes": self.bytes, "memory_bound": self.is_memory_bound, "threads": self.threads,
        }

    def environment(self):
        """Variables that the workers are to have."""
        return {}

    def inputs(self):
        """Names and NumPy arrays, always the same. Parameters have Cajal's names behind `parameter/`, and Cajal's layout."""
        raise NotImplementedError


class Run:
    """Something that takes steps: `step()` is finished when it returns, `check()` gives the number that frameworks agree on."""

    def __init__(self, step, check):
        self.step = step
        self.check = check


def parameters(inputs):
    return {name[len(PARAMETER) :]: array for name, array in inputs.items() if name.startswith(PARAMETER)}


def root_mean_square(array):
    import numpy as np

    return math.sqrt(float(np.mean(np.square(np.asarray(array, dtype=np.float64)))))


def all_models():
    """The models of all files in `models`, by name."""
    found = {}
    for file in sorted((pathlib.Path(__file__).parent / "models").glob("*.py")):
        if file.stem == "__init__":
            continue
        for model in importlib.import_module("models." + file.stem).MODELS:
            found[model.name] = model
    return found

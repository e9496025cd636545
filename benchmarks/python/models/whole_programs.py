"""From the start of a process: to the first step of a training, and to 97 % on MNIST's test set."""

import os
import pathlib
import sys

import install
import process
import programs
import tensors
from model import Model
from models import data, mlp

SCRIPT = str(pathlib.Path(__file__).parent.parent / "scripts" / "mnist_pytorch.py")


class ColdStart(Model):
    """The worker of `mlp-sgd`, which ends after its first step. Compilers find empty caches."""

    name, kind = "cold-start", "program"
    title = "MLP 784-512-512-10, batch 128, SGD: from the start of the process to the end of the first step"
    # With and without what ./cajal has prepared: the classes of an earlier start, read from an AOT cache.
    cajal_variants = ["", "aot-cache"]
    pytorch = jax = tensorflow = True

    def has(self, peer, variant):
        return variant in ("eager", "compile", "jit", "function", "xla")

    def run(self, framework, variant, threads, folder, number, kept):
        step = next(each for each in mlp.MODELS if each.name == "mlp-sgd")
        inputs = os.path.join(folder, "inputs")
        tensors.write(inputs, step.inputs())
        if framework == "cajal":
            options = []
            if variant:
                if "cache" not in kept:
                    kept["cache"] = os.path.join(os.path.dirname(folder), "cold-start.aot")
                    making = process.cajal_command("", threads, step, inputs, 1, [f"-XX:AOTCacheOutput={kept['cache']}"])
                    programs.start(making, process.environment(framework, threads, folder), folder)
                options = [f"-XX:AOTCache={kept['cache']}"]
            command = process.cajal_command("", threads, step, inputs, 1, options)
        else:
            command = process.peer_command(framework, variant, threads, step, inputs, 1)
        _, out, memory = programs.start(command, process.environment(framework, threads, folder), folder)
        answer = programs.last_json(out)
        return {"seconds": answer["trace"][0][0], "memory": memory, "version": answer["version"],
                "check": answer["checks"][0], "note": ""}

    def doubts(self, runs):
        return []


class TimeToAccuracy(Model):
    """Cajal's command against a plain script: both read the same files, train the same layers with dropout by Adam with the same rates, and
    measure the test set once, at their end. Two epochs are the fewest after which both have 97 % with every seed; nothing is stopped
    by a look at the test set. The seed is another one in each round."""

    name, kind = "time-to-accuracy", "program"
    title = "MNIST from files to 97 % of its test set: MLP 784-512-512-10, dropout 0.2, batch 128, Adam, cosine, 2 epochs"
    pytorch = True
    epochs, goal = 2, 0.97

    problem = data.Loading.problem

    def has(self, peer, variant):
        return variant in ("eager", "compile")

    def run(self, framework, variant, threads, folder, number, kept):
        environment = {**process.environment(framework, threads, folder), "CAJAL_DATA": str(data.folder())}
        if framework == "cajal":
            environment["JDK_JAVA_OPTIONS"] = f"-Dcajal.threads={threads}"
            command = [
                str(install.REPOSITORY / "cajal"), "train", "mnist", "--model", "mlp", "--layers", "512,512", "--epochs",
                str(self.epochs), "--batch", "128", "--optimizer", "adam", "--learning-rate", "0.001", "--seed",
                str(number), "--json", "--out", os.path.join(folder, "run"),
            ]
            if "built" not in kept:
                programs.start([command[0], "--version"], environment, folder)
                kept["built"] = True
        else:
            command = [sys.executable, SCRIPT, str(data.folder() / "mnist"), str(self.epochs), str(number), str(threads), variant]
        seconds, out, memory = programs.start(command, environment, folder)
        accuracy = programs.last_json(out)["test_accuracy"]
        return {"seconds": seconds, "memory": memory, "version": programs.last_json(out).get("version", ""), "check": accuracy,
                "note": f"({100 * accuracy:.2f} %)"}

    def doubts(self, runs):
        return [f"accuracy of {run['framework']}: only {100 * min(run['checks']):.2f} %" for run in runs
                if min(run["checks"]) < self.goal]


MODELS = [ColdStart(), TimeToAccuracy()]

"""Who takes part. Imports nothing, so that it can be asked before anything is installed."""

NAMES = {"pytorch": "PyTorch", "jax": "JAX", "tensorflow": "TensorFlow", "onnxruntime": "ONNX Runtime",
         "deeplearning4j": "Deeplearning4j"}

#: of each peer, what could be its best form
VARIANTS = {
    "pytorch": ["eager", "compile", "max-autotune"],
    "jax": ["jit", "jit-synchronous"],
    "tensorflow": ["function", "xla"],
    "onnxruntime": ["run", "io-binding", "one-thread"],
    "deeplearning4j": ["fit"],
}

#: for pip; Deeplearning4j comes from Maven instead
PACKAGES = {
    "pytorch": ["torch", "torchvision"],
    "jax": ["jax"],
    "tensorflow": ["tensorflow-cpu"],
    "onnxruntime": ["onnxruntime", "onnx"],
}


def label(framework, variant):
    return f"{framework} {variant}".strip()

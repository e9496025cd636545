"""How each peer is used in its best form. Imported in a worker only, one framework a process."""

import numpy as np

from model import Run, root_mean_square

def start(framework, variant, threads):
    """Imports a framework for so many threads and gives its version."""
    if framework == "pytorch":
        import torch

        torch.set_num_threads(threads)
        return f"PyTorch {torch.__version__}"
    if framework == "jax":
        # The number of threads is that of the processors that the process may run on, which the driver sets.
        import jax

        # Whether a call goes to another thread, which small computations have to wait for.
        jax.config.update("jax_cpu_enable_async_dispatch", variant != "jit-synchronous")
        return f"JAX {jax.__version__}"
    if framework == "tensorflow":
        import tensorflow as tf

        tf.config.threading.set_intra_op_parallelism_threads(threads)
        tf.config.threading.set_inter_op_parallelism_threads(threads)
        return f"TensorFlow {tf.__version__}"
    import onnxruntime

    # Every session gets this number.
    global _threads
    _threads = threads
    return f"ONNX Runtime {onnxruntime.__version__}"


# PyTorch


def torch_compiled(function, variant):
    """The function itself, or compiled for fixed shapes."""
    import torch

    if variant == "eager":
        return function
    mode = "max-autotune" if variant == "max-autotune" else "default"
    return torch.compile(function, mode=mode, dynamic=False)


def torch_training(module, state, optimizer, inputs, variant):
    """Cross-entropy of the module's outputs, whose last dimension is that of the classes.

    state: NumPy arrays by PyTorch's names, in PyTorch's layout
    optimizer: makes one from parameters
    """
    import torch
    from torch.nn.functional import cross_entropy

    module.load_state_dict({name: torch.tensor(array) for name, array in state.items()})
    module.train()
    x = torch.tensor(inputs["x"])
    if not x.is_floating_point():
        x = x.long()
    y = torch.tensor(inputs["y"]).long().flatten()
    update = optimizer(module.parameters())

    def loss():
        output = module(x)
        return cross_entropy(output.flatten(0, -2), y)

    forward = torch_compiled(loss, variant)
    last = None

    def step():
        nonlocal last
        update.zero_grad(set_to_none=True)
        last = forward()
        last.backward()
        update.step()

    return Run(step, lambda: last.item())


def torch_function(function, arguments, variant):
    """A call without gradients, over and over."""
    import torch

    # For the whole process: to enter and leave it takes microseconds, which a program that only answers need not spend.
    torch.set_grad_enabled(False)
    if variant == "max-autotune":
        # Weights become constants, which may be packed.
        torch._inductor.config.freezing = True
    compiled = torch_compiled(function, variant)
    tensors = [torch.tensor(argument) for argument in arguments]
    result = None

    def step():
        nonlocal result
        result = compiled(*tensors)

    return Run(step, lambda: root_mean_square(result.numpy()))


# JAX


def jax_adam(rate, decay=0.0):
    """Adam, or AdamW if there is a decay: (init, update)."""
    import jax
    import jax.numpy as jnp

    def init(p):
        zeros = jax.tree.map(jnp.zeros_like, p)
        return zeros, jax.tree.map(jnp.zeros_like, p), jnp.zeros((), jnp.float32)

    def update(p, g, slots):
        m, v, t = slots
        t = t + 1
        m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, g)
        v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, v, g)
        c1, c2 = 1 - 0.9**t, 1 - 0.999**t
        p = jax.tree.map(
            lambda p, m, v: p - rate * ((m / c1) / (jnp.sqrt(v / c2) + 1e-8) + decay * p), p, m, v
        )
        return p, (m, v, t)

    return init, update


def jax_sgd(rate):
    import jax

    return (lambda p: ()), (lambda p, g, slots: (jax.tree.map(lambda p, g: p - rate * g, p, g), slots))


def jax_momentum(rate, momentum):
    import jax
    import jax.numpy as jnp

    def update(p, g, velocity):
        velocity = jax.tree.map(lambda v, g: momentum * v + g, velocity, g)
        return jax.tree.map(lambda p, v: p - rate * v, p, velocity), velocity

    return (lambda p: jax.tree.map(jnp.zeros_like, p)), update


def jax_cross_entropy(logits, y):
    import jax
    import jax.numpy as jnp

    logits = logits.reshape(-1, logits.shape[-1])
    return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(logits), y.reshape(-1, 1), 1))


def jax_training(network, parameters, optimizer, inputs):
    """network: a function of parameters (arrays by name) and x; optimizer: (init, update)."""
    import jax
    import jax.numpy as jnp
    from functools import partial

    init, update = optimizer
    p = {name: jnp.array(array) for name, array in parameters.items()}
    x, y = jnp.array(inputs["x"]), jnp.array(inputs["y"])

    @partial(jax.jit, donate_argnums=0)
    def train(state, x, y):
        p, slots = state
        loss, g = jax.value_and_grad(lambda p: jax_cross_entropy(network(p, x), y))(p)
        return update(p, g, slots), loss

    state, loss = (p, init(p)), None

    def step():
        nonlocal state, loss
        state, loss = train(state, x, y)
        # All results of a call are there at the same time, and to ask for one is faster than for each.
        loss.block_until_ready()

    return Run(step, lambda: float(loss))


def jax_function(function, arguments):
    import jax
    import jax.numpy as jnp

    compiled = jax.jit(function)
    arrays = jax.tree.map(jnp.array, list(arguments))
    result = None

    def step():
        nonlocal result
        result = compiled(*arrays)
        result.block_until_ready()

    return Run(step, lambda: root_mean_square(result))


# TensorFlow


def tf_sgd(rate):
    import tensorflow as tf

    def update(p, g, slots, t):
        tf.raw_ops.ResourceApplyGradientDescent(var=p.handle, alpha=rate, delta=g)

    return 0, update


def tf_adam(rate, decay=0.0):
    """Adam, or AdamW if there is a decay, with TensorFlow's fused operation."""
    import tensorflow as tf

    def update(p, g, slots, t):
        if decay:
            p.assign_sub(p * (rate * decay))
        tf.raw_ops.ResourceApplyAdam(
            var=p.handle, m=slots[0].handle, v=slots[1].handle, beta1_power=0.9**t, beta2_power=0.999**t,
            lr=rate, beta1=0.9, beta2=0.999, epsilon=1e-8, grad=g,
        )

    return 2, update


def tf_training(network, parameters, optimizer, inputs, variant):
    """network: a function of parameters (variables by name) and x; optimizer: (slots of each variable, update)."""
    import tensorflow as tf

    count, update = optimizer
    p = {name: tf.Variable(array) for name, array in parameters.items()}
    slots = {name: [tf.Variable(tf.zeros_like(v)) for _ in range(count)] for name, v in p.items()}
    t = tf.Variable(0.0)
    x, y = tf.constant(inputs["x"]), tf.constant(inputs["y"].reshape(-1))

    @tf.function(jit_compile=variant == "xla")
    def train(x, y):
        with tf.GradientTape() as tape:
            logits = network(p, x)
            logits = tf.reshape(logits, [-1, logits.shape[-1]])
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(y, logits))
        names = list(p)
        gradients = tape.gradient(loss, [p[name] for name in names])
        t.assign_add(1.0)
        now = tf.identity(t)
        for name, gradient in zip(names, gradients):
            update(p[name], tf.convert_to_tensor(gradient), slots[name], now)
        return loss

    loss = None

    def step():
        nonlocal loss
        loss = train(x, y)
        loss.numpy()

    return Run(step, lambda: float(loss.numpy()))


def tf_function(function, arguments, variant):
    import tensorflow as tf

    compiled = tf.function(function, jit_compile=variant == "xla")
    tensors = [tf.constant(argument) for argument in arguments]
    result = None

    def step():
        nonlocal result
        result = compiled(*tensors)
        # A CPU's tensor is computed when the call returns, and this is a view of it.
        result.numpy()

    return Run(step, lambda: root_mean_square(result.numpy()))


# ONNX Runtime

_threads = 1


def onnx_function(graph, inputs, variant):
    """graph: an ONNX graph with one output; inputs: NumPy arrays by name."""
    import onnx
    import onnxruntime

    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 18)])
    model.ir_version = 9
    onnx.checker.check_model(model)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1 if variant == "one-thread" else _threads
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    output = graph.output[0].name
    result = None
    if variant == "run":

        def step():
            nonlocal result
            result = session.run(None, inputs)[0]

        return Run(step, lambda: root_mean_square(result))
    binding = session.io_binding()
    for name, array in inputs.items():
        binding.bind_cpu_input(name, array)
    shape = [dim.dim_value for dim in graph.output[0].type.tensor_type.shape.dim]
    value = onnxruntime.OrtValue.ortvalue_from_numpy(np.zeros(shape, np.float32))
    binding.bind_ortvalue_output(output, value)
    return Run(lambda: session.run_with_iobinding(binding), lambda: root_mean_square(value.numpy()))

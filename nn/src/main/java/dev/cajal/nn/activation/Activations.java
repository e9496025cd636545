package dev.cajal.nn.activation;

import dev.cajal.nn.Activation;
import dev.cajal.type.CajalException;
import dev.cajal.type.Names;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// The activations by name. Each record says more.
///
/// ```java
/// import static dev.cajal.nn.activation.Activations.*;
///
/// var hidden = Dense.of(128, RELU);
/// ```
public final class Activations {
    /// `x`; see [IdentityFunction].
    public static final IdentityFunction IDENTITY = new IdentityFunction();

    /// 0 or 1; see [Heaviside].
    public static final Heaviside STEP = new Heaviside();

    /// `1 / (1 + e^-x)`; see [Sigmoid].
    public static final Sigmoid SIGMOID = new Sigmoid();

    /// `clip(x / 6 + 1/2, 0, 1)`; see [HardSigmoid].
    public static final HardSigmoid HARD_SIGMOID = new HardSigmoid();

    /// Hyperbolic tangent; see [Tanh].
    public static final Tanh TANH = new Tanh();

    /// `clip(x, -1, 1)`; see [HardTanh].
    public static final HardTanh HARD_TANH = new HardTanh();

    /// `max(x, 0)`; see [Relu].
    public static final Relu RELU = new Relu();

    /// `clip(x, 0, 6)`; see [Relu6].
    public static final Relu6 RELU6 = new Relu6();

    /// `x` or `0.01 * x`; see [LeakyRelu].
    public static final LeakyRelu LEAKY_RELU = new LeakyRelu(0.01);

    /// `x` or `a * x`, a slope learned for each channel; see [PRelu].
    public static final PRelu PRELU = new PRelu(0.25, false);

    /// `x` or `e^x - 1`; see [Elu].
    public static final Elu ELU = new Elu(1);

    /// An ELU that normalises; see [Selu].
    public static final Selu SELU = new Selu();

    /// `x * P(x)`, exact; see [Gelu].
    public static final Gelu GELU = new Gelu(false);

    /// `x * P(x)`, approximated with tanh; see [Gelu].
    public static final Gelu GELU_TANH = new Gelu(true);

    /// `x * sigmoid(x)`; see [Silu].
    public static final Silu SILU = new Silu();

    /// `x * tanh(softplus(x))`; see [Mish].
    public static final Mish MISH = new Mish();

    /// `log(1 + e^x)`; see [Softplus].
    public static final Softplus SOFTPLUS = new Softplus();

    /// `x / (1 + |x|)`; see [Softsign].
    public static final Softsign SOFTSIGN = new Softsign();

    /// Probabilities, along the last axis; see [Softmax].
    public static final Softmax SOFTMAX = new Softmax(-1);

    /// Logarithms of probabilities, along the last axis; see [LogSoftmax].
    public static final LogSoftmax LOG_SOFTMAX = new LogSoftmax(-1);

    /// One half gated by the other, along the last axis; see [Glu].
    public static final Glu GLU = new Glu(-1);

    private static final SequencedMap<String, Activation> NAMED = named();

    private Activations() {}

    /// See [LeakyRelu].
    public static LeakyRelu leakyRelu(double slope) {
        return new LeakyRelu(slope);
    }

    /// See [Elu].
    public static Elu elu(double alpha) {
        return new Elu(alpha);
    }

    /// Along an axis; see [Softmax].
    public static Softmax softmax(int axis) {
        return new Softmax(axis);
    }

    /// Along an axis; see [LogSoftmax].
    public static LogSoftmax logSoftmax(int axis) {
        return new LogSoftmax(axis);
    }

    /// Along an axis; see [Glu].
    public static Glu glu(int axis) {
        return new Glu(axis);
    }

    /// The activation of a name, such as `relu` or `leaky-relu`: the constant's name, in any case, with `-` or `_`.
    ///
    /// @throws CajalException if there is none
    public static Activation named(String name) {
        Activation found = NAMED.get(name.toLowerCase(Locale.ROOT).replace('_', '-'));
        if (found == null) {
            throw new CajalException(
                    "activation.unknown", "There is no activation '%s'; there are %s.%s", name,
                    String.join(", ", NAMED.keySet()), Names.suggestion(name, NAMED.keySet()));
        }
        return found;
    }

    /// The names that [#named(String)] knows.
    public static SequencedSet<String> names() {
        return NAMED.sequencedKeySet();
    }

    private static SequencedMap<String, Activation> named() {
        SequencedMap<String, Activation> named = new LinkedHashMap<>();
        named.put("identity", IDENTITY);
        named.put("step", STEP);
        named.put("sigmoid", SIGMOID);
        named.put("hard-sigmoid", HARD_SIGMOID);
        named.put("tanh", TANH);
        named.put("hard-tanh", HARD_TANH);
        named.put("relu", RELU);
        named.put("relu6", RELU6);
        named.put("leaky-relu", LEAKY_RELU);
        named.put("prelu", PRELU);
        named.put("elu", ELU);
        named.put("selu", SELU);
        named.put("gelu", GELU);
        named.put("gelu-tanh", GELU_TANH);
        named.put("silu", SILU);
        named.put("mish", MISH);
        named.put("softplus", SOFTPLUS);
        named.put("softsign", SOFTSIGN);
        named.put("softmax", SOFTMAX);
        named.put("log-softmax", LOG_SOFTMAX);
        named.put("glu", GLU);
        return Collections.unmodifiableSequencedMap(named);
    }

    /// The records of this package, for whoever writes configurations to files.
    public static List<Class<?>> types() {
        return List.of(
                IdentityFunction.class,
                Heaviside.class,
                Sigmoid.class,
                HardSigmoid.class,
                Tanh.class,
                HardTanh.class,
                Relu.class,
                Relu6.class,
                LeakyRelu.class,
                PRelu.class,
                Elu.class,
                Selu.class,
                Gelu.class,
                Silu.class,
                Mish.class,
                Softplus.class,
                Softsign.class,
                Softmax.class,
                LogSoftmax.class,
                Glu.class);
    }
}

package dev.cajal.nn.example;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.Shape;
import java.util.Arrays;
import java.util.List;

/// Labels that are numbers: the network is trained for them standardised, `(y - mean) / deviation`, and its output is turned back. For losses that
/// need them as they are (counts, yes and no, signs) the mean stays 0 and the deviation 1.
///
/// @param kind the person's type
/// @param mean of the training targets; one for each output
/// @param deviation of the training targets; one for each output
public record NumberTargets<L>(Kind kind, List<Double> mean, List<Double> deviation) implements TargetEncoding<L> {
    /// The types of numbers that a label may have.
    public enum Kind {
        /// `Double`.
        DOUBLE(Double.class),
        /// `Float`.
        FLOAT(Float.class),
        /// `double[]`.
        DOUBLES(double[].class),
        /// `float[]`.
        FLOATS(float[].class);

        private final Class<?> type;

        Kind(Class<?> type) {
            this.type = type;
        }

        /// The class of such a label.
        public Class<?> type() {
            return type;
        }
    }

    public NumberTargets {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (mean.isEmpty() || mean.size() != deviation.size()) {
            throw new CajalException(
                    "target.means",
                    "Targets need as many means as deviations, one for each output, but have %s and %s.",
                    mean.size(), deviation.size());
        }
        if (!kind.type().isArray() && mean.size() > 1) {
            throw new CajalException("target.one-number", "A target of type %s is one number, not %s.",
                    kind.type().getSimpleName(),
                    mean.size());
        }
    }

    /// An encoding that has not seen targets yet: mean 0, deviation 1.
    public static <L> NumberTargets<L> of(Kind kind, int outputs) {
        Double[] zeros = new Double[outputs];
        Double[] ones = new Double[outputs];
        Arrays.fill(zeros, 0.0);
        Arrays.fill(ones, 1.0);
        return new NumberTargets<>(kind, List.of(zeros), List.of(ones));
    }

    @Override
    public int outputs() {
        return mean.size();
    }

    @Override
    public Shape shape() {
        return Shape.of(outputs());
    }

    @Override
    public Rows encode(List<L> labels) {
        float[] encoded = new float[labels.size() * outputs()];
        for (int i = 0; i < labels.size(); i++) {
            double[] numbers = numbers(labels.get(i));
            if (numbers.length != outputs()) {
                throw new CajalException(
                        "target.width", "Example %s has %s target numbers, but needs %s.", i + 1, numbers.length,
                        outputs());
            }
            for (int j = 0; j < numbers.length; j++) {
                if (!Double.isFinite(numbers[j])) {
                    throw new CajalException("target.not-finite", "The target of example %s is %s.", i + 1, numbers[j]);
                }
                encoded[i * outputs() + j] = (float) numbers[j];
            }
        }
        return Rows.of(encoded, shape());
    }

    private static double[] numbers(Object label) {
        return switch (label) {
            case Number number -> new double[] {number.doubleValue()};
            case double[] numbers -> numbers;
            case float[] floats -> {
                double[] numbers = new double[floats.length];
                for (int i = 0; i < floats.length; i++) {
                    numbers[i] = floats[i];
                }
                yield numbers;
            }
            default -> throw new CajalException(
                    "target.type", "A target has to be a number or an array of numbers, but got %s.", label.getClass());
        };
    }

    @Override
    public Tensor prepare(Tensor targets) {
        return new Standardization(mean, deviation).apply(targets);
    }

    /// A network's outputs in the units of the labels.
    public Tensor restore(Tensor outputs) {
        return new Standardization(mean, deviation).undo(outputs);
    }

    @Override
    @SuppressWarnings("unchecked")
    public Prediction<L> decode(float[] outputs) {
        double[] numbers = new double[outputs.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = outputs[i] * deviation.get(i) + mean.get(i);
        }
        Object label = switch (kind) {
            case DOUBLE -> numbers[0];
            case FLOAT -> (float) numbers[0];
            case DOUBLES -> numbers;
            case FLOATS -> {
                float[] floats = new float[numbers.length];
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = (float) numbers[i];
                }
                yield floats;
            }
        };
        return Prediction.of((L) label);
    }

    @Override
    public NumberTargets<L> learn(Rows training) {
        Standardization learned = Standardization.of(training);
        return new NumberTargets<>(kind, learned.mean(), learned.deviation());
    }
}

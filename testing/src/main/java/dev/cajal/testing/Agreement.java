package dev.cajal.testing;

import dev.cajal.backend.Backend;
import dev.cajal.ir.Op;
import dev.cajal.ir.Value;
import dev.cajal.memory.HostBuffer;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether two backends give the same results, within the [accuracy][Accuracy] of a sample.
public final class Agreement {
    private Agreement() {}

    /// Runs a sample on two backends.
    ///
    /// @return what differs first, for a message; empty if the results agree
    public static Optional<String> check(GraphSample sample, Backend reference, Backend tested) {
        List<HostBuffer> expected = sample.run(reference);
        List<HostBuffer> actual = sample.run(tested);
        List<HostBuffer> scale = switch (sample.accuracy()) {
            case Accuracy.Ulps _, Accuracy.Absolute _ -> expected;
            // The same sum of absolute values.
            case Accuracy.Sum _ -> absolute(sample).run(reference);
        };
        for (int i = 0; i < expected.size(); i++) {
            Optional<String> difference = compare(sample.accuracy(), expected.get(i), actual.get(i), scale.get(i));
            if (difference.isPresent()) {
                return Optional.of("%s, result %s: %s".formatted(sample.name(), i, difference.get()));
            }
        }
        return Optional.empty();
    }

    private static GraphSample absolute(GraphSample sample) {
        List<HostBuffer> arguments = new ArrayList<>();
        for (int position = 0; position < sample.arguments().size(); position++) {
            HostBuffer argument = sample.arguments().get(position);
            if (argument.type().dtype().isFloating()
                    && !onlyChooses(sample.graph().parameters().get(position), sample)) {
                double[] numbers = SampleData.toDoubles(argument);
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = Math.abs(numbers[i]);
                }
                arguments.add(SampleData.of(argument.type(), numbers));
            } else {
                arguments.add(argument);
            }
        }
        return new GraphSample(sample.name(), sample.graph(), arguments, List.of(), sample.accuracy());
    }

    /// Whether the numbers of a parameter are not added up, but say where others are: other numbers would be added up otherwise.
    private static boolean onlyChooses(Value parameter, GraphSample sample) {
        return sample.graph().nodes().stream().anyMatch(node -> node.op() instanceof Op.SelectAndScatter
                && node.inputs().getFirst().equals(parameter));
    }

    /// Compares two results: NaN with NaN and infinities exactly, the signs of zeros where [units in the last place][Accuracy.Ulps] count, integers by
    /// their bits, other numbers within the accuracy.
    ///
    /// @param scale of each element for [Accuracy.Sum]: the sum of the absolute values of its terms
    /// @return what differs first; empty if the results agree
    public static Optional<String> compare(
            Accuracy accuracy, HostBuffer expected, HostBuffer actual, HostBuffer scale) {
        TensorType type = expected.type();
        if (!type.equals(actual.type())) {
            return Optional.of("expected a %s, but got a %s".formatted(type, actual.type()));
        }
        double[] wanted = SampleData.toDoubles(expected);
        double[] got = SampleData.toDoubles(actual);
        double[] scales = SampleData.toDoubles(scale);
        for (int i = 0; i < wanted.length; i++) {
            boolean agrees = type.dtype().isFloating()
                    ? agree(type.dtype(), accuracy, wanted[i], got[i], scales[i])
                    : SampleData.bits(expected, i) == SampleData.bits(actual, i);
            if (!agrees) {
                return Optional.of("element %s is %s, but has to be %s (%s)".formatted(i, got[i], wanted[i], accuracy));
            }
        }
        return Optional.empty();
    }

    private static boolean agree(DType dtype, Accuracy accuracy, double expected, double actual, double scale) {
        if (Double.compare(expected, actual) == 0) {
            return true;
        }
        if (Double.isInfinite(expected) || Double.isInfinite(actual)) {
            return false;
        }
        double difference = Math.abs(actual - expected);
        return switch (accuracy) {
            case Accuracy.Ulps(int count) -> difference > 0 && difference <= count * ulp(dtype, expected);
            case Accuracy.Sum(long terms) -> difference <= (terms + 2) * ulp(dtype, scale);
            case Accuracy.Absolute(double largest) -> difference <= largest;
        };
    }

    /// The distance of a number to the next larger one of the type.
    static double ulp(DType dtype, double number) {
        return switch (dtype) {
            case F32 -> Math.ulp((float) number);
            case F64 -> Math.ulp(number);
            case BF16 -> Math.ulp((float) number) * 0x1p16;
            case I32, I64, U8, BOOL -> throw new IllegalArgumentException("whole numbers agree exactly");
        };
    }
}

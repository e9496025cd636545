package dev.cajal.nn.example;

import dev.cajal.type.CajalException;
import dev.cajal.type.Phrase;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Inputs with their labels, as numbers, and how they became numbers.
///
/// ```java
/// var examples = Examples.of(flowers, Flower::measures, Flower::species);
/// ```
///
/// @param <X> the type of an input
/// @param <L> the type of a label
/// @param encoding of the inputs
/// @param targetEncoding of the labels
/// @param inputs encoded inputs, a row each
/// @param targets encoded labels, a row each
public record Examples<X, L>(
        InputEncoding<X> encoding, TargetEncoding<L> targetEncoding, Rows inputs, Rows targets) {
    /// @throws CajalException if there are no examples, or not as many inputs as labels
    public Examples {
        if (inputs.count() != targets.count()) {
            throw new CajalException("examples.count", "There are %s inputs but %s labels.", inputs.count(),
                    targets.count());
        }
        if (inputs.count() == 0) {
            throw new CajalException("examples.empty", "There are no examples.");
        }
    }

    /// Whole numbers of more kinds than that, most of them different, are hardly classes.
    private static final int MANY_CLASSES = 20;

    /// Examples from a person's own objects.
    ///
    /// Inputs may be numbers, arrays of numbers, or records of such, of truth values and of enum constants (see [ObjectInputs]). Labels may be
    /// texts, enum constants, whole numbers or truth values: then they are classes; or floating-point numbers, or arrays of them: then
    /// they are quantities to be predicted.
    ///
    /// @throws CajalException if there are none, or if they are of a kind that cannot become numbers
    public static <T, X, L> Examples<X, L> of(List<T> examples, Function<T, X> input, Function<T, L> label) {
        if (examples.isEmpty()) {
            throw new CajalException("examples.empty", "There are no examples.");
        }
        List<X> xs = new ArrayList<>();
        List<L> labels = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            xs.add(required(input.apply(examples.get(i)), Phrase.words("input"), i));
            labels.add(required(label.apply(examples.get(i)), Phrase.words("label"), i));
        }
        TargetEncoding<L> targets = targets(labels);
        return of(ObjectInputs.like(xs.getFirst()), targets, xs, labels);
    }

    /// Examples by known encodings.
    public static <X, L> Examples<X, L> of(InputEncoding<X> encoding, TargetEncoding<L> targets, List<X> xs,
            List<L> labels) {
        return new Examples<>(encoding, targets, encode(encoding, xs), targets.encode(labels));
    }

    /// Inputs as rows.
    public static <X> Rows encode(InputEncoding<X> encoding, List<X> inputs) {
        int width = Math.toIntExact(encoding.shape().size());
        double[] row = new double[width];
        HeldRows rows = HeldRows.zeros(encoding.dtype(), encoding.shape(), inputs.size());
        for (int i = 0; i < inputs.size(); i++) {
            encoding.encode(inputs.get(i), row, 0);
            rows.set(i, row);
        }
        return rows;
    }

    private static <V> V required(V value, Phrase what, int index) {
        if (value == null) {
            throw new CajalException("examples.null", "The %s of example %s is null.", what, index + 1);
        }
        return value;
    }

    private static <L> TargetEncoding<L> targets(List<L> labels) {
        return switch (labels.getFirst()) {
            case Double _ -> NumberTargets.of(NumberTargets.Kind.DOUBLE, 1);
            case Float _ -> NumberTargets.of(NumberTargets.Kind.FLOAT, 1);
            case double[] numbers -> NumberTargets.of(NumberTargets.Kind.DOUBLES, numbers.length);
            case float[] numbers -> NumberTargets.of(NumberTargets.Kind.FLOATS, numbers.length);
            case Object _ -> new ClassTargets<>(classes(labels));
        };
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <L> List<L> classes(List<L> labels) {
        Object first = labels.getFirst();
        boolean supported = first instanceof String || first instanceof Enum || first instanceof Integer
                || first instanceof Boolean;
        if (!supported) {
            throw new CajalException(
                    "target.label-type",
                    "A label has to be a text, an enum constant, an Integer, a Boolean (classes), or a Double, Float or an array of these "
                            + "(quantities), but got %s.",
                    first.getClass().getName());
        }
        Set<L> distinct = new LinkedHashSet<>(labels);
        if (first instanceof Integer && distinct.size() > MANY_CLASSES && 2 * distinct.size() > labels.size()) {
            throw new CajalException(
                    "target.many-classes",
                    "The labels are %s whole numbers, %s of them different. As classes that is too many to learn; if they are a quantity, give "
                            + "doubles: label.doubleValue().",
                    labels.size(),
                    distinct.size());
        }
        List<L> classes = new ArrayList<>(distinct);
        classes.sort((Comparator) Comparator.naturalOrder());
        return classes;
    }

    /// The number of examples.
    public int size() {
        return inputs.count();
    }

    /// The same inputs, each its own label: what an autoencoder learns from.
    public Examples<X, X> reconstructing() {
        return new Examples<>(encoding, new Reconstruction<>(encoding), inputs, inputs);
    }

    /// The examples at the given positions.
    public Examples<X, L> select(int... positions) {
        return new Examples<>(encoding, targetEncoding, inputs.select(positions), targets.select(positions));
    }

    /// The first examples.
    public Examples<X, L> first(int count) {
        return select(IntStream.range(0, Math.min(count, size())).toArray());
    }

    /// The examples after the first.
    public Examples<X, L> skip(int count) {
        return select(IntStream.range(Math.min(count, size()), size()).toArray());
    }

    /// The examples in two parts, by chance.
    ///
    /// @param share of the examples in the second part, between 0 and 1
    /// @param seed the same seed makes the same parts
    public Parts<X, L> split(double share, long seed) {
        List<int[]> parts = split(size(), share, seed);
        return new Parts<>(select(parts.getFirst()), select(parts.getLast()));
    }

    /// The positions of examples in two parts, by chance: what [#split(double, long)] does, before there are examples.
    ///
    /// @param count of the examples
    /// @param share of the examples in the second part, between 0 and 1
    /// @param seed the same seed makes the same parts
    public static List<int[]> split(int count, double share, long seed) {
        int[] order = Shuffle.range(count, new SplittableRandom(seed));
        int second = (int) Math.round(share * count);
        if (second < 1 || second >= count) {
            throw new CajalException(
                    "examples.split", "A share of %s of %s examples leaves one part empty.", share, count);
        }
        int[] head = Arrays.copyOfRange(order, 0, count - second);
        int[] tail = Arrays.copyOfRange(order, count - second, count);
        Arrays.sort(head);
        Arrays.sort(tail);
        return List.of(head, tail);
    }

    /// Two parts of some examples.
    public record Parts<X, L>(Examples<X, L> first, Examples<X, L> second) {}

    /// The positions of all examples in random order.
    public int[] order(long seed) {
        return Shuffle.range(size(), new SplittableRandom(seed));
    }

    /// One example's shape, for messages: `f32[28, 28, 1]`.
    public Shape inputShape() {
        return encoding.shape();
    }
}

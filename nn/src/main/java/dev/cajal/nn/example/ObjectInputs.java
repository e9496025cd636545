package dev.cajal.nn.example;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Phrase;
import dev.cajal.type.Shape;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Java objects as a list of numbers: a number, an array of numbers, or a record of numbers, truth values, enum constants, arrays and records.
///
/// An enum constant becomes one number for each constant of its type, 1 at its own. Columns are standardised with what the training
/// examples had, unless that is switched off.
///
/// @param columns a name for each number
/// @param standardization once it has been learned
/// @param standardize whether to learn it
public record ObjectInputs<X>(List<String> columns, Optional<Standardization> standardization, boolean standardize)
        implements InputEncoding<X> {
    public ObjectInputs {
        columns = List.copyOf(columns);
    }

    /// The encoding of objects like the given one.
    ///
    /// @throws CajalException if there is something in it that is not a number
    public static <X> ObjectInputs<X> like(X example) {
        List<String> columns = new ArrayList<>();
        flatten(example, "", columns, new ArrayList<>());
        if (columns.isEmpty()) {
            throw new CajalException("input.empty", "An input of %s holds no numbers.", example.getClass());
        }
        return new ObjectInputs<>(columns, Optional.empty(), true);
    }

    /// This encoding, leaving numbers as they are.
    public ObjectInputs<X> raw() {
        return new ObjectInputs<>(columns, Optional.empty(), false);
    }

    @Override
    public DType dtype() {
        return DType.F32;
    }

    @Override
    public Shape shape() {
        return Shape.of(columns.size());
    }

    @Override
    public void encode(X input, double[] target, int offset) {
        List<Double> numbers = new ArrayList<>();
        flatten(input, "", new ArrayList<>(), numbers);
        if (numbers.size() != columns.size()) {
            throw new CajalException(
                    "input.width", "An input has %s numbers, but %s are needed: %s.", numbers.size(), columns.size(),
                    columns);
        }
        for (int i = 0; i < numbers.size(); i++) {
            if (!Double.isFinite(numbers.get(i))) {
                throw new CajalException("input.not-finite", "The input has %s as %s.", numbers.get(i), columns.get(i));
            }
            target[offset + i] = numbers.get(i);
        }
    }

    @Override
    public Tensor prepare(Tensor batch) {
        return standardization.map(learned -> learned.apply(batch)).orElse(batch);
    }

    @Override
    public InputEncoding<X> learn(Rows training) {
        return standardize ? new ObjectInputs<>(columns, Optional.of(Standardization.of(training)), true) : this;
    }

    private static void flatten(Object part, String path, List<String> columns, List<Double> numbers) {
        switch (part) {
            case Number number -> add(path, number.doubleValue(), columns, numbers);
            case Boolean truth -> add(path, truth ? 1 : 0, columns, numbers);
            case double[] array -> {
                for (int i = 0; i < array.length; i++) {
                    add(path + "[" + i + "]", array[i], columns, numbers);
                }
            }
            case float[] array -> {
                for (int i = 0; i < array.length; i++) {
                    add(path + "[" + i + "]", array[i], columns, numbers);
                }
            }
            case int[] array -> {
                for (int i = 0; i < array.length; i++) {
                    add(path + "[" + i + "]", array[i], columns, numbers);
                }
            }
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    flatten(list.get(i), path + "[" + i + "]", columns, numbers);
                }
            }
            case Enum<?> constant -> {
                for (Object other : constant.getDeclaringClass().getEnumConstants()) {
                    add(path + "=" + other, constant == other ? 1 : 0, columns, numbers);
                }
            }
            case Record record -> {
                for (RecordComponent component : record.getClass().getRecordComponents()) {
                    String name = path.isEmpty() ? component.getName() : path + "." + component.getName();
                    flatten(read(record, component), name, columns, numbers);
                }
            }
            default -> throw new CajalException(
                    "input.type",
                    "%s is a %s, which is not a number, an array of numbers, a truth value, an enum constant or a record of these. "
                            + "Map the example to such a thing first: Examples.of(list, example -> ..., label).",
                    path.isEmpty() ? Phrase.words("The input") : Phrase.of("input.part", "The input's %s", path),
                    part.getClass().getName());
        }
    }

    private static void add(String name, double number, List<String> columns, List<Double> numbers) {
        columns.add(name.isEmpty() ? "x" : name);
        numbers.add(number);
    }

    private static Object read(Record record, RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            if (!accessor.canAccess(record)) {
                accessor.setAccessible(true);
            }
            Object value = accessor.invoke(record);
            if (value == null) {
                throw new CajalException(
                        "input.missing", "%s of %s is null. Fill in missing values first.", component.getName(),
                        record);
            }
            return value;
        } catch (InaccessibleObjectException | ReflectiveOperationException cause) {
            Class<?> type = record.getClass();
            throw new CajalException(
                    "input.not-opened",
                    cause,
                    "The record %s cannot be read. Make it public and export its package, or add this line to module %s: opens %s to dev.cajal.nn;",
                    type.getName(),
                    String.valueOf(type.getModule().getName()),
                    type.getPackageName());
        }
    }

    /// A name for the encoded numbers, joined.
    @Override
    public String toString() {
        return String.join(", ", columns);
    }
}

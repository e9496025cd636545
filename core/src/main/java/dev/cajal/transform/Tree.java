package dev.cajal.transform;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Records, lists and maps of tensors, taken apart and put together again.
///
/// A tree is a tensor, a record, a list, a map with string keys, or an optional of trees; anything else in it (numbers, texts, enums, null)
/// is *static*: it is part of the structure, compared with `equals`. Functions under `compile` and `grad` take and return trees.
///
/// @param structure everything but the tensors
/// @param leaves the tensors, in the order of record components, list elements, or map keys as the map lists them
public record Tree(Structure structure, List<Tensor> leaves) {
    private static final Structure LEAF = new Structure.Leaf();

    /// What remains of a tree without its tensors.
    public sealed interface Structure {
        /// The place of a tensor.
        record Leaf() implements Structure {}

        /// A part that holds no tensors.
        record Static(@Nullable Object value) implements Structure {}

        /// A list.
        record Elements(List<Structure> parts) implements Structure {}

        /// A map: its keys and as many parts. The order is the map's own if it has one, else that of the sorted keys.
        record Entries(List<String> keys, List<Structure> parts) implements Structure {}

        /// An optional that is present.
        record Present(Structure part) implements Structure {}

        /// A record.
        record Components(Class<? extends Record> type, List<Structure> parts) implements Structure {}
    }

    public Tree {
        leaves = List.copyOf(leaves);
    }

    /// Takes an object apart.
    ///
    /// @throws CajalException if a record cannot be read because its module does not open its package
    public static Tree of(@Nullable Object object) {
        List<Tensor> leaves = new ArrayList<>();
        Structure structure = take(object, leaves);
        return new Tree(structure, leaves);
    }

    /// The object again, with other tensors in place of the leaves.
    public <T> T with(List<Tensor> others) {
        if (others.size() != leaves.size()) {
            throw new IllegalArgumentException(
                    "The tree has " + leaves.size() + " leaves, but got " + others.size() + ".");
        }
        return build(structure, others);
    }

    /// An object from a structure and its tensors.
    @SuppressWarnings("unchecked")
    public static <T> T build(Structure structure, List<Tensor> leaves) {
        return (T) Objects.requireNonNull(put(structure, leaves.iterator()), "a tree is not null");
    }

    /// The object with a function applied to each tensor.
    public static <T> T map(T object, UnaryOperator<Tensor> function) {
        Tree tree = of(object);
        return tree.with(tree.leaves.stream().map(function).toList());
    }

    /// Two objects of one structure combined, tensor by tensor.
    ///
    /// @throws CajalException if the structures differ
    public static <T> T zip(T a, T b, BiFunction<Tensor, Tensor, Tensor> function) {
        Tree left = of(a);
        Tree right = of(b);
        left.requireSame(right);
        List<Tensor> combined = new ArrayList<>();
        for (int i = 0; i < left.leaves.size(); i++) {
            combined.add(function.apply(left.leaves.get(i), right.leaves.get(i)));
        }
        return left.with(combined);
    }

    /// Checks that another tree has the same structure.
    public void requireSame(Tree other) {
        if (!structure.equals(other.structure)) {
            throw new CajalException(
                    "tree.structure", "Two trees were combined that differ in structure: %s and %s.", structure,
                    other.structure);
        }
    }

    /// A readable name for each leaf: record components, map keys and list positions from the root, with slashes between.
    public List<String> names() {
        List<String> names = new ArrayList<>();
        name(structure, "", names);
        return names;
    }

    private static void name(Structure structure, String path, List<String> names) {
        switch (structure) {
            case Structure.Leaf _ -> names.add(path);
            case Structure.Static _ -> {}
            case Structure.Present present -> name(present.part(), path, names);
            case Structure.Elements elements -> {
                for (int i = 0; i < elements.parts().size(); i++) {
                    name(elements.parts().get(i), join(path, String.valueOf(i)), names);
                }
            }
            case Structure.Entries entries -> {
                for (int i = 0; i < entries.parts().size(); i++) {
                    name(entries.parts().get(i), join(path, entries.keys().get(i)), names);
                }
            }
            case Structure.Components components -> {
                RecordClass type = RecordClass.of(components.type());
                for (int i = 0; i < type.size(); i++) {
                    name(components.parts().get(i), join(path, type.name(i)), names);
                }
            }
        }
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }

    private static Structure take(@Nullable Object object, List<Tensor> leaves) {
        return switch (object) {
            case Tensor tensor -> {
                leaves.add(tensor);
                yield LEAF;
            }
            case List<?> list -> {
                List<Structure> parts = new ArrayList<>(list.size());
                for (Object part : list) {
                    parts.add(take(part, leaves));
                }
                yield new Structure.Elements(parts);
            }
            case Map<?, ?> map -> {
                List<String> keys = new ArrayList<>(map.size());
                for (Object key : map.keySet()) {
                    keys.add(key(key));
                }
                if (!(map instanceof SequencedMap)) {
                    Collections.sort(keys);
                }
                List<Structure> parts = new ArrayList<>(keys.size());
                for (String key : keys) {
                    parts.add(take(map.get(key), leaves));
                }
                yield new Structure.Entries(keys, parts);
            }
            case Optional<?> optional when optional.isPresent() -> new Structure.Present(take(optional.get(), leaves));
            case Record record -> components(record, leaves);
            case null, default -> new Structure.Static(object);
        };
    }

    private static String key(@Nullable Object key) {
        if (key instanceof String text) {
            return text;
        }
        throw new CajalException("tree.key", "A map in a tree needs strings as keys, but has %s.", String.valueOf(key));
    }

    private static Structure components(Record record, List<Tensor> leaves) {
        int before = leaves.size();
        RecordClass type = RecordClass.of(record.getClass());
        List<Structure> parts = new ArrayList<>(type.size());
        for (int i = 0; i < type.size(); i++) {
            parts.add(take(type.read(record, i), leaves));
        }
        // A record without tensors is a static part as a whole: it needs no constructor call and compares with its own equals.
        return leaves.size() == before
                ? new Structure.Static(record)
                : new Structure.Components(record.getClass(), parts);
    }

    private static @Nullable Object put(Structure structure, Iterator<Tensor> leaves) {
        return switch (structure) {
            case Structure.Leaf _ -> leaves.next();
            case Structure.Static constant -> constant.value();
            case Structure.Present present -> Optional.ofNullable(put(present.part(), leaves));
            case Structure.Elements elements -> {
                List<Object> list = new ArrayList<>(elements.parts().size());
                for (Structure part : elements.parts()) {
                    list.add(put(part, leaves));
                }
                yield Collections.unmodifiableList(list);
            }
            case Structure.Entries entries -> {
                SequencedMap<String, Object> map = new LinkedHashMap<>();
                for (int i = 0; i < entries.parts().size(); i++) {
                    map.put(entries.keys().get(i), put(entries.parts().get(i), leaves));
                }
                yield Collections.unmodifiableSequencedMap(map);
            }
            case Structure.Components components -> {
                @Nullable
                Object[] arguments = new Object[components.parts().size()];
                for (int i = 0; i < arguments.length; i++) {
                    arguments[i] = put(components.parts().get(i), leaves);
                }
                yield RecordClass.of(components.type()).construct(arguments);
            }
        };
    }
}

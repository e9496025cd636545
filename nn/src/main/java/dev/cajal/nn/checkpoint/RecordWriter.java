package dev.cajal.nn.checkpoint;

import dev.cajal.type.Phrase;
import dev.cajal.type.Shape;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes records of the types that a [RecordCodec] knows as JSON.
final class RecordWriter {
    private final Map<String, Class<?>> types;

    RecordWriter(Map<String, Class<?>> types) {
        this.types = types;
    }

    Json write(@Nullable Object value, String path) {
        return switch (value) {
            case null -> new Json.Nothing();
            case Boolean truth -> new Json.Truth(truth);
            case Double number -> Json.of(number);
            case Float number -> Json.of(number.doubleValue());
            case Integer number -> Json.of(number.longValue());
            case Long number -> Json.of(number);
            case String text -> Json.of(text);
            case Shape shape -> Json.of(shape.dims().stream().map(dim -> Json.of((long) dim)).toList());
            case Optional<?> optional -> write(optional.orElse(null), path);
            case List<?> list -> {
                List<Json> elements = new ArrayList<>();
                for (int i = 0; i < list.size(); i++) {
                    elements.add(write(list.get(i), path + "[" + i + "]"));
                }
                yield Json.of(elements);
            }
            case Map<?, ?> map -> {
                Map<String, Json> members = new LinkedHashMap<>();
                map.forEach((key, part) -> {
                    if (!(key instanceof String name)) {
                        throw unwritable(String.valueOf(key), path + "'s key");
                    }
                    members.put(name, write(part, path + "." + name));
                });
                // Of a map without an order of its own the order may change from run to run; equal values make equal files.
                yield Json.of(map instanceof SequencedMap ? members : new TreeMap<>(members));
            }
            case Enum<?> constant -> {
                requireKnown(constant.getDeclaringClass(), path);
                Map<String, Json> members = new LinkedHashMap<>();
                members.put(RecordCodec.TYPE, Json.of(constant.getDeclaringClass().getSimpleName()));
                members.put(RecordCodec.NAME, Json.of(constant.name()));
                yield Json.of(members);
            }
            case Record record -> {
                requireKnown(record.getClass(), path);
                Map<String, Json> members = new LinkedHashMap<>();
                members.put(RecordCodec.TYPE, Json.of(record.getClass().getSimpleName()));
                for (RecordComponent component : record.getClass().getRecordComponents()) {
                    members.put(component.getName(), write(read(record, component), path + "." + component.getName()));
                }
                yield Json.of(members);
            }
            default -> throw unwritable(value, path);
        };
    }

    private void requireKnown(Class<?> type, String path) {
        if (types.get(type.getSimpleName()) != type) {
            throw new CheckpointException(
                    "config.unknown-type",
                    null,
                    "%s is a %s, a type that Cajal does not know. Hand its class over when saving and loading: withTypes(%s.class).",
                    path,
                    type.getName(),
                    type.getSimpleName());
        }
    }

    private static CheckpointException unwritable(Object value, String path) {
        Phrase what = value.getClass().isSynthetic() || value.getClass().isHidden()
                ? Phrase.words("a lambda")
                : Phrase.verbatim(value.getClass().getName());
        return new CheckpointException(
                "config.unwritable",
                null,
                "%s is %s, which cannot be written to a file. Make it a record that implements the same interface.",
                path,
                what);
    }

    private static @Nullable Object read(Record record, RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            if (!accessor.canAccess(record)) {
                accessor.setAccessible(true);
            }
            return accessor.invoke(record);
        } catch (ReflectiveOperationException | RuntimeException cause) {
            throw new CheckpointException(
                    "config.not-opened",
                    cause,
                    "%s cannot be read. Make the record public in an exported package, or add: opens %s to dev.cajal.nn;",
                    record.getClass().getName(),
                    record.getClass().getPackageName());
        }
    }

}

package dev.cajal.nn.checkpoint;

import dev.cajal.type.Shape;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Configurations, which are records, as JSON and back.
///
/// An object names its type by the simple name of the class, which has to be on the list that the codec was made with: a file never makes the
/// program load a class. Unknown types and members are refused, and so is what cannot be written, such as a lambda. A record may hold
/// numbers, texts, truth values, enum constants, [Shape]s, and lists, optionals and maps of these and of records.
public final class RecordCodec {
    private static final String TYPE = "type";
    private static final String NAME = "name";

    private final Map<String, Class<?>> types = new TreeMap<>();

    /// A codec for some types: records and enums.
    ///
    /// @throws CheckpointException if two have the same simple name
    public RecordCodec(Collection<? extends Class<?>> types) {
        for (Class<?> type : types) {
            Class<?> other = this.types.putIfAbsent(type.getSimpleName(), type);
            if (other != null && other != type) {
                throw new CheckpointException(
                        "config.name", null, "%s and %s have the same simple name; rename one of them.",
                        other.getName(), type.getName());
            }
        }
    }

    /// This codec with further types, such as layers of a person's own.
    public RecordCodec with(Collection<? extends Class<?>> more) {
        List<Class<?>> all = new ArrayList<>(types.values());
        all.addAll(more);
        return new RecordCodec(all);
    }

    /// A value as JSON.
    ///
    /// @throws CheckpointException if something in it cannot be written
    public Json write(Object value) {
        return write(value, value.getClass().getSimpleName());
    }

    private Json write(@Nullable Object value, String path) {
        return switch (value) {
            case null -> new Json.Nothing();
            case Boolean truth -> new Json.Truth(truth);
            case Double number -> Json.of(number);
            case Float number -> Json.of(number.doubleValue());
            case Number number -> Json.of(number.longValue());
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
                map.forEach((key, part) -> members.put(String.valueOf(key), write(part, path + "." + key)));
                yield Json.of(members);
            }
            case Enum<?> constant -> {
                requireKnown(constant.getDeclaringClass(), path);
                // In one order: a map without one is written differently by each process, and equal models have equal files.
                Map<String, Json> members = new LinkedHashMap<>();
                members.put(TYPE, Json.of(constant.getDeclaringClass().getSimpleName()));
                members.put(NAME, Json.of(constant.name()));
                yield Json.of(members);
            }
            case Record record -> {
                requireKnown(record.getClass(), path);
                Map<String, Json> members = new LinkedHashMap<>();
                members.put(TYPE, Json.of(record.getClass().getSimpleName()));
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
        String what = value.getClass().isSynthetic() || value.getClass().isHidden()
                ? "a lambda"
                : value.getClass().getName();
        return new CheckpointException(
                "config.unwritable",
                null,
                "%s is %s, which cannot be written to a file. Make it a record that implements the same interface.",
                path,
                what);
    }

    /// A value from JSON.
    ///
    /// @param expected the type to be, or one that it implements
    /// @throws CheckpointException if the JSON is about another type, or has members too many or too few
    public <T> T read(Json json, Class<T> expected) {
        return expected
                .cast(Objects.requireNonNull(read(json, expected, expected.getSimpleName()), "the file has null"));
    }

    private @Nullable Object read(Json json, Type expected, String path) {
        if (expected instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            return generic(json, raw, generic.getActualTypeArguments(), path);
        }
        Class<?> type = expected instanceof Class<?> plain ? plain : Object.class;
        return switch (json) {
            case Json.Nothing _ -> null;
            case Json.Truth(boolean truth) when fits(type, boolean.class, Boolean.class) -> truth;
            case Json.Text(String text) when fits(type, String.class, String.class) -> text;
            case Json.Text text when fits(type, double.class, Double.class) -> text.asDouble();
            case Json.Digits digits -> number(digits, type, path);
            case Json.Elements(List<Json> elements) when type == Shape.class ->
                Shape.of(elements.stream().map(dim -> Math.toIntExact(dim.asLong())).toList());
            case Json.Members(SequencedMap<String, Json> members) when members.containsKey(TYPE) ->
                typed(members, type, path);
            case Json.Truth _, Json.Text _, Json.Elements _, Json.Members _ -> throw mismatch(json, type, path);
        };
    }

    private static boolean fits(Class<?> expected, Class<?> primitive, Class<?> boxed) {
        return expected == primitive || expected.isAssignableFrom(boxed);
    }

    private static Object number(Json.Digits digits, Class<?> type, String path) {
        if (type == int.class || type == Integer.class) {
            return Math.toIntExact(digits.asLong());
        }
        if (type == long.class || type == Long.class) {
            return digits.asLong();
        }
        if (type == double.class || type == Double.class) {
            return digits.asDouble();
        }
        if (type == float.class || type == Float.class) {
            return (float) digits.asDouble();
        }
        if (type.isAssignableFrom(Integer.class)) {
            return digits.digits().matches("-?[0-9]+")
                    ? (Object) Math.toIntExact(digits.asLong())
                    : (Object) digits.asDouble();
        }
        throw mismatch(digits, type, path);
    }

    private @Nullable Object generic(Json json, Class<?> raw, Type[] arguments, String path) {
        if (raw == Optional.class) {
            return Optional.ofNullable(json instanceof Json.Nothing ? null : read(json, arguments[0], path));
        }
        if (List.class.isAssignableFrom(raw)) {
            List<@Nullable Object> list = new ArrayList<>();
            for (Json element : json.asList()) {
                list.add(read(element, arguments[0], path + "[" + list.size() + "]"));
            }
            return list;
        }
        if (Map.class.isAssignableFrom(raw)) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            json.asMap().forEach((key, part) -> map.put(key, read(part, arguments[1], path + "." + key)));
            return map;
        }
        return read(json, raw, path);
    }

    private Object typed(SequencedMap<String, Json> members, Class<?> expected, String path) {
        String name = members.getOrDefault(TYPE, new Json.Nothing()).asText();
        Class<?> type = types.get(name);
        if (type == null) {
            throw new CheckpointException(
                    "config.unknown-type",
                    null,
                    "%s is a '%s', a type that is not known here. If it is your own, hand its class over when loading: withTypes(%s.class).",
                    path,
                    name,
                    name);
        }
        if (!expected.isAssignableFrom(type)) {
            throw new CheckpointException(
                    "config.kind", null, "%s is a %s where a %s is needed.", path, name, expected.getSimpleName());
        }
        if (type.isEnum()) {
            return constant(type, members.getOrDefault(NAME, new Json.Nothing()).asText(), path);
        }
        return construct(type, members, path);
    }

    private static Object constant(Class<?> type, String name, String path) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new CheckpointException("config.constant", null, "%s is %s, which %s does not have.", path, name,
                type.getSimpleName());
    }

    private Object construct(Class<?> type, SequencedMap<String, Json> members, String path) {
        RecordComponent[] components = type.getRecordComponents();
        List<String> wanted = new ArrayList<>(List.of(TYPE));
        Class<?>[] parameters = new Class<?>[components.length];
        @Nullable
        Object[] arguments = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            wanted.add(name);
            parameters[i] = components[i].getType();
            Json part = members.get(name);
            if (part == null) {
                throw new CheckpointException(
                        "config.member",
                        null,
                        "%s (%s) lacks '%s'. The file was made by another version of Cajal, or changed by hand.",
                        path,
                        type.getSimpleName(),
                        name);
            }
            arguments[i] = read(part, components[i].getGenericType(), path + "." + name);
        }
        for (String name : members.keySet()) {
            if (!wanted.contains(name)) {
                throw new CheckpointException(
                        "config.member",
                        null,
                        "%s (%s) has '%s', which is not known here. The file was made by a newer version of Cajal, or changed by hand.",
                        path,
                        type.getSimpleName(),
                        name);
            }
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(parameters);
            if (!constructor.canAccess(null)) {
                constructor.setAccessible(true);
            }
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException refused) {
            throw new CheckpointException(
                    "config.refused", refused, "%s (%s): %s", path, type.getSimpleName(),
                    String.valueOf(refused.getTargetException().getMessage()));
        } catch (ReflectiveOperationException | RuntimeException cause) {
            throw new CheckpointException(
                    "config.not-opened",
                    cause,
                    "%s cannot be made. Make the record public in an exported package, or add: opens %s to dev.cajal.nn;",
                    type.getName(),
                    type.getPackageName());
        }
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

    private static CheckpointException mismatch(Json json, Class<?> type, String path) {
        return new CheckpointException(
                "config.kind", null, "%s needs a %s, but the file has %s.", path, type.getSimpleName(), json.print());
    }
}

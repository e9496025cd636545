package dev.cajal.nn.checkpoint;

import dev.cajal.type.CajalException;
import dev.cajal.type.Shape;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes records from JSON, of the types that a [RecordCodec] knows. Each error names the path to where the file is wrong.
final class RecordReader {
    private static final String TYPE = RecordCodec.TYPE;
    private static final String NAME = RecordCodec.NAME;

    private final Map<String, Class<?>> types;

    RecordReader(Map<String, Class<?>> types) {
        this.types = types;
    }

    <T> T read(Json json, Class<T> expected) {
        Object value = read(json, expected, expected.getSimpleName());
        if (value == null) {
            throw mismatch(json, expected, expected.getSimpleName());
        }
        return expected.cast(value);
    }

    private @Nullable Object read(Json json, Type expected, String path) {
        if (expected instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            return generic(json, raw, generic.getActualTypeArguments(), path);
        }
        Class<?> type = raw(expected);
        return switch (json) {
            case Json.Nothing _ when !type.isPrimitive() -> null;
            case Json.Truth(boolean truth) when fits(type, boolean.class, Boolean.class) -> truth;
            case Json.Text(String text) when fits(type, String.class, String.class) -> text;
            case Json.Text text when fits(type, double.class, Double.class) -> at(path, text::asDouble);
            case Json.Text text when fits(type, float.class, Float.class) -> (float) (double) at(path, text::asDouble);
            case Json.Digits digits -> at(path, () -> number(digits, type, path));
            case Json.Elements(List<Json> elements) when type == Shape.class ->
                at(path, () -> Shape.of(elements.stream().map(Json::asInt).toList()));
            case Json.Members(SequencedMap<String, Json> members) when members.containsKey(TYPE) ->
                typed(members, type, path);
            case Json.Nothing _, Json.Truth _, Json.Text _, Json.Elements _, Json.Members _ ->
                throw mismatch(json, type, path);
        };
    }

    /// The class that a type says at least.
    private static Class<?> raw(Type type) {
        return switch (type) {
            case Class<?> plain -> plain;
            case ParameterizedType generic -> raw(generic.getRawType());
            case WildcardType wildcard -> raw(wildcard.getUpperBounds()[0]);
            case TypeVariable<?> variable -> raw(variable.getBounds()[0]);
            default -> Object.class;
        };
    }

    /// A part of the value, whose errors get the path to it.
    private static <T> T at(String path, Supplier<T> part) {
        try {
            return part.get();
        } catch (CheckpointException known) {
            throw known.code().startsWith("config.") ? known : CheckpointException.in(path, known);
        } catch (CajalException wrong) {
            throw CheckpointException.in(path, wrong);
        }
    }

    private static boolean fits(Class<?> expected, Class<?> primitive, Class<?> boxed) {
        return expected == primitive || expected.isAssignableFrom(boxed);
    }

    private static Object number(Json.Digits digits, Class<?> type, String path) {
        if (type == int.class || type == Integer.class) {
            return digits.asInt();
        }
        if (type == long.class || type == Long.class) {
            return digits.asLong();
        }
        if (type == double.class || type == Double.class) {
            return digits.asDouble();
        }
        if (type == float.class || type == Float.class) {
            float number = (float) digits.asDouble();
            if (!Float.isFinite(number)) {
                throw mismatch(digits, type, path);
            }
            return number;
        }
        if (type.isAssignableFrom(Integer.class)) {
            if (!digits.digits().matches("-?[0-9]+")) {
                return digits.asDouble();
            }
            long number = digits.asLong();
            return number == (int) number ? (Object) (int) number : (Object) number;
        }
        throw mismatch(digits, type, path);
    }

    private @Nullable Object generic(Json json, Class<?> raw, Type[] arguments, String path) {
        if (raw == Optional.class) {
            return Optional.ofNullable(json instanceof Json.Nothing ? null : read(json, arguments[0], path));
        }
        if (List.class.isAssignableFrom(raw)) {
            List<@Nullable Object> list = new ArrayList<>();
            if (!(json instanceof Json.Elements(List<Json> elements))) {
                throw mismatch(json, raw, path);
            }
            for (Json element : elements) {
                list.add(read(element, arguments[0], path + "[" + list.size() + "]"));
            }
            return list;
        }
        if (Map.class.isAssignableFrom(raw)) {
            if (!(json instanceof Json.Members(SequencedMap<String, Json> members)) || arguments[0] != String.class) {
                throw mismatch(json, raw, path);
            }
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            members.forEach((key, part) -> map.put(key, read(part, arguments[1], path + "." + key)));
            return map;
        }
        return read(json, raw, path);
    }

    private Object typed(SequencedMap<String, Json> members, Class<?> expected, String path) {
        String name = text(members, TYPE, path);
        Class<?> type = types.get(name);
        if (type == null) {
            throw new CheckpointException(
                    "config.type-of-file",
                    null,
                    "%s is a '%s', a type that is not known here. If it is your own, hand its class over when loading: withTypes(%s.class).",
                    path,
                    name,
                    name);
        }
        if (!expected.isAssignableFrom(type)) {
            throw new CheckpointException(
                    "config.other-type", null, "%s is a %s where a %s is needed.", path, name,
                    expected.getSimpleName());
        }
        if (type.isEnum()) {
            requireNoMore(type, members, List.of(TYPE, NAME), path);
            return constant(type, text(members, NAME, path), path);
        }
        return construct(type, members, path);
    }

    private static String text(SequencedMap<String, Json> members, String name, String path) {
        Json member = members.getOrDefault(name, new Json.Nothing());
        if (member instanceof Json.Text(String text)) {
            return text;
        }
        throw mismatch(member, String.class, path + "." + name);
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
        requireNoMore(type, members, wanted, path);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(parameters);
            if (!constructor.canAccess(null)) {
                constructor.setAccessible(true);
            }
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException refused) {
            throw new CheckpointException(
                    "config.refused", refused, "%s (%s): %s", path, type.getSimpleName(),
                    reason(refused.getTargetException()));
        } catch (ReflectiveOperationException | RuntimeException cause) {
            throw new CheckpointException(
                    "config.not-made",
                    cause,
                    "%s cannot be made. Make the record public in an exported package, or add: opens %s to dev.cajal.nn;",
                    type.getName(),
                    type.getPackageName());
        }
    }

    private static void requireNoMore(
            Class<?> type, SequencedMap<String, Json> members, List<String> wanted, String path) {
        for (String name : members.keySet()) {
            if (!wanted.contains(name)) {
                throw new CheckpointException(
                        "config.unknown-member",
                        null,
                        "%s (%s) has '%s', which is not known here. The file was made by a newer version of Cajal, or changed by hand.",
                        path,
                        type.getSimpleName(),
                        name);
            }
        }
    }

    /// What a record's own check said; of an exception that says nothing, such as that of a null, its kind.
    private static Object reason(Throwable refusal) {
        return switch (refusal) {
            case CajalException known -> known.phrase();
            case IllegalArgumentException plain -> String.valueOf(plain.getMessage());
            default -> refusal.toString();
        };
    }

    private static CheckpointException mismatch(Json json, Class<?> type, String path) {
        return new CheckpointException(
                "config.kind", null, "%s needs a %s, but the file has %s.", path, type.getSimpleName(), json.excerpt());
    }
}

package dev.cajal.nn;

import dev.cajal.nn.checkpoint.CheckpointException;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.NextTokens;
import dev.cajal.nn.example.NumberTargets;
import dev.cajal.nn.example.Reconstruction;
import dev.cajal.nn.example.Sentences;
import dev.cajal.nn.example.TargetEncoding;
import java.util.Arrays;

/// The types that a class label may have, and how they stand in a file.
enum ClassKind {
    TEXT, ENUM, INTEGER, TRUTH;

    static ClassKind of(Object label) {
        return switch (label) {
            case Enum<?> _ -> ENUM;
            case Integer _ -> INTEGER;
            case Boolean _ -> TRUTH;
            default -> TEXT;
        };
    }

    static ClassKind named(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CheckpointException("model.label-kind", null,
                        "Labels of kind %s are not known here.", name));
    }

    static String text(Object label) {
        return label instanceof Enum<?> constant ? constant.name() : label.toString();
    }

    /// A label from its text; of an enum the name, until [#typed] knows the class.
    ///
    /// @throws CheckpointException if the text is none of this kind
    Object parse(String text) {
        return switch (this) {
            case TEXT, ENUM -> text;
            case INTEGER -> integer(text);
            case TRUTH -> switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw unreadable(text);
            };
        };
    }

    private Integer integer(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException _) {
            throw unreadable(text);
        }
    }

    private CheckpointException unreadable(String text) {
        return new CheckpointException("model.label", null, "The label '%s' is not of kind %s.", text, name());
    }

    /// The encoding with labels of a given type.
    ///
    /// @throws CheckpointException if the labels are not of that type
    @SuppressWarnings("unchecked")
    static <L> TargetEncoding<L> typed(TargetEncoding<?> encoding, Class<L> type) {
        return switch (encoding) {
            case ClassTargets<?> classes ->
                new ClassTargets<>(classes.classes().stream().map(label -> convert(label, type)).toList());
            case NumberTargets<?> numbers when numbers.kind().type() != type -> throw new CheckpointException(
                    "model.number-type",
                    null,
                    "The model's labels are numbers of type %s, not %s. Load it with the type that it was trained for.",
                    numbers.kind().type().getSimpleName(),
                    type.getSimpleName());
            case NumberTargets<?> numbers -> (TargetEncoding<L>) numbers;
            case NextTokens _, Sentences _ when type != String.class -> throw new CheckpointException(
                    "model.text-type", null, "The model writes texts; load it with String, not %s.",
                    type.getSimpleName());
            case NextTokens tokens -> (TargetEncoding<L>) tokens;
            case Sentences sentences -> (TargetEncoding<L>) sentences;
            case Reconstruction<?> itself -> (TargetEncoding<L>) itself;
        };
    }

    private static <L> L convert(Object label, Class<L> type) {
        if (type.isInstance(label)) {
            return type.cast(label);
        }
        if (type.isEnum()) {
            for (L constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(label)) {
                    return constant;
                }
            }
        }
        throw new CheckpointException(
                "model.label-type",
                null,
                "The model's label '%s' (%s) is not one of %s. Load it with the type that it was trained for.",
                label,
                label.getClass().getSimpleName(),
                type.isEnum() ? Arrays.toString(type.getEnumConstants()) : type.getSimpleName());
    }
}

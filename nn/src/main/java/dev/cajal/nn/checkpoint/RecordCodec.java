package dev.cajal.nn.checkpoint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Configurations, which are records, as JSON and back.
///
/// An object names its type by the simple name of the class, which has to be on the list that the codec was made with: a file never makes the
/// program load a class. Unknown types and members are refused, and so is what cannot be written, such as a lambda. A record may hold
/// numbers, texts, truth values, enum constants, [shapes][dev.cajal.type.Shape], and lists, optionals and maps of these and of records.
public final class RecordCodec {
    /// The member that names an object's type.
    static final String TYPE = "type";

    /// The member that names an enum's constant.
    static final String NAME = "name";

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
        return new RecordWriter(types).write(value, value.getClass().getSimpleName());
    }

    /// A value from JSON.
    ///
    /// @param expected the type to be, or one that it implements
    /// @throws CheckpointException if the JSON is about another type, or has members too many or too few
    public <T> T read(Json json, Class<T> expected) {
        return new RecordReader(types).read(json, expected);
    }
}

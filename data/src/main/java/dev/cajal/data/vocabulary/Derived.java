package dev.cajal.data.vocabulary;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What is derived from a record, such as an index of its lists: made when it is first needed, and kept as long as the record is, which can have no field for it. By the identity of the record, since
/// to compare long lists takes longer than to make a small index.
///
/// @param <R> the record
/// @param <D> what is derived
public final class Derived<R extends Record, D> {
    private final Function<R, D> derivation;
    private final Map<Object, D> known = new ConcurrentHashMap<>();
    private final ReferenceQueue<Record> gone = new ReferenceQueue<>();

    /// @param derivation what it gives must not lead to the record itself, or both would stay for ever
    public Derived(Function<R, D> derivation) {
        this.derivation = derivation;
    }

    /// What is derived from a record.
    public D of(R record) {
        D derived = known.get(new Question(record));
        if (derived != null) {
            return derived;
        }
        for (Object lost = gone.poll(); lost != null; lost = gone.poll()) {
            known.remove(lost);
        }
        return known.computeIfAbsent(new Key(record, gone), _ -> derivation.apply(record));
    }

    /// Finds a key without being one.
    private record Question(Record record) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && key.refersTo(record);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(record);
        }
    }

    private static final class Key extends WeakReference<Record> {
        private final int hash;

        Key(Record record, ReferenceQueue<Record> gone) {
            super(record, gone);
            this.hash = System.identityHashCode(record);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            Record record = get();
            return record != null && other instanceof Key key && key.refersTo(record);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}

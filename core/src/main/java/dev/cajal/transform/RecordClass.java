package dev.cajal.transform;

import dev.cajal.type.CajalException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/// Reads and makes records of a class. Kept for each class: the JVM makes components and constructors anew each time it is asked, and new ones are slow when
/// they are first used.
final class RecordClass {
    private static final ClassValue<RecordClass> KNOWN = new ClassValue<>() {
        @Override
        protected RecordClass computeValue(Class<?> type) {
            return new RecordClass(type.asSubclass(Record.class));
        }
    };

    private final Class<? extends Record> type;
    private final RecordComponent[] components;
    /// Found when a record is made: a class that is only read need not have one that can be called.
    private volatile @Nullable Constructor<? extends Record> constructor;

    private RecordClass(Class<? extends Record> type) {
        this.type = type;
        this.components = type.getRecordComponents();
    }

    static RecordClass of(Class<? extends Record> type) {
        return KNOWN.get(type);
    }

    /// The number of components.
    int size() {
        return components.length;
    }

    /// The name of a component.
    String name(int component) {
        return components[component].getName();
    }

    /// A component of a record.
    @Nullable
    Object read(Record record, int component) {
        try {
            var accessor = components[component].getAccessor();
            if (!accessor.canAccess(record)) {
                accessor.setAccessible(true);
            }
            return accessor.invoke(record);
        } catch (InaccessibleObjectException | IllegalAccessException cause) {
            throw notOpened(cause);
        } catch (InvocationTargetException cause) {
            throw new CajalException(
                    "tree.accessor", cause.getCause(), "Reading %s of %s failed: %s", name(component),
                    record.getClass(), cause.getTargetException());
        }
    }

    /// A record of its components.
    Record construct(@Nullable Object[] arguments) {
        try {
            return constructor().newInstance(arguments);
        } catch (InaccessibleObjectException | IllegalAccessException cause) {
            throw notOpened(cause);
        } catch (InvocationTargetException cause) {
            if (cause.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new CajalException("tree.constructor", cause, "The constructor of %s failed: %s", type,
                    cause.getTargetException());
        } catch (NoSuchMethodException | InstantiationException cause) {
            throw new CajalException("tree.constructor", cause, "%s has no canonical constructor.", type);
        }
    }

    private Constructor<? extends Record> constructor() throws NoSuchMethodException {
        Constructor<? extends Record> known = constructor;
        if (known == null) {
            Class<?>[] types = new Class<?>[components.length];
            for (int i = 0; i < types.length; i++) {
                types[i] = components[i].getType();
            }
            known = type.getDeclaredConstructor(types);
            if (!known.canAccess(null)) {
                known.setAccessible(true);
            }
            constructor = known;
        }
        return known;
    }

    private CajalException notOpened(Exception cause) {
        return new CajalException(
                "tree.not-opened",
                cause,
                "The record %s cannot be read: its module %s does not open its package. Add this line to its module-info.java: opens %s to dev.cajal.core;",
                type.getName(),
                type.getModule().getName(),
                type.getPackageName());
    }
}

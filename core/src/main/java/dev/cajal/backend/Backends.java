package dev.cajal.backend;

import dev.cajal.type.CajalException;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/// The backends that are there, and the one in use.
///
/// The default is the one with the highest priority, or the one that the system property `cajal.backend` names. [#using] replaces
/// it for a piece of code.
public final class Backends {
    private static final ScopedValue<Backend> CURRENT = ScopedValue.newInstance();

    private Backends() {}

    /// Holder, so that services are looked up once and only when needed.
    private static final class Found {
        static final List<Backend> ALL = ServiceLoader.load(Backend.class, Backend.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparingInt(Backend::priority).reversed())
                .toList();
        static final Backend DEFAULT = pick();

        private static Backend pick() {
            String wanted = System.getProperty("cajal.backend");
            return wanted == null ? ALL.getFirst() : find(wanted);
        }
    }

    /// All backends, the default one first unless the system property says otherwise.
    public static List<Backend> all() {
        return Found.ALL;
    }

    /// The backend in use on this thread.
    public static Backend current() {
        return CURRENT.isBound() ? CURRENT.get() : Found.DEFAULT;
    }

    /// A backend by its name.
    ///
    /// @throws CajalException if there is none
    public static Backend named(String name) {
        return find(name);
    }

    private static Backend find(String name) {
        return Found.ALL.stream()
                .filter(backend -> backend.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CajalException(
                        "backend.unknown",
                        "There is no backend '%s'; there are %s. Is its jar on the class path or module path?",
                        name,
                        Found.ALL.stream().map(Backend::name).toList()));
    }

    /// Runs a body with another backend on this thread.
    public static <R> R using(Backend backend, Supplier<R> body) {
        return ScopedValue.where(CURRENT, backend).call(body::get);
    }
}

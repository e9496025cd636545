package dev.cajal.nn;

import dev.cajal.backend.Backend;
import dev.cajal.backend.Backends;

/// Runs tests on every backend there is.
public final class EachBackend {
    private EachBackend() {}

    /// Runs a test on every backend; tensors must be made inside of it.
    public static void onAllBackends(Runnable test) {
        for (Backend backend : Backends.all()) {
            try {
                Backends.using(backend, () -> {
                    test.run();
                    return null;
                });
            } catch (AssertionError failure) {
                throw new AssertionError("On the backend " + backend.name() + ": " + failure.getMessage(), failure);
            }
        }
    }
}

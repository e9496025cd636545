package dev.cajal.memory;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Actions to run once an object has become unreachable, on a thread of their own.
///
/// As [java.lang.ref.Cleaner], but whoever registers one more runs a few that are due: threads that allocate faster than one thread cleans up
/// would otherwise fill the heap with what is garbage long since.
final class Farewells {
    /// More than one, so that what is due becomes less.
    private static final int HELP = 4;

    private final ReferenceQueue<Object> due = new ReferenceQueue<>();
    /// Keeps the references reachable until their actions have run.
    private final Set<Farewell> pending = ConcurrentHashMap.newKeySet();

    Farewells() {
        Thread thread = new Thread(this::runAll, "cajal-memory");
        thread.setDaemon(true);
        // Else the thread would keep the first caller's class loader alive.
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        thread.start();
    }

    private final class Farewell extends PhantomReference<Object> {
        private final Runnable action;

        Farewell(Object owner, Runnable action) {
            super(owner, due);
            this.action = action;
        }

        void run() {
            if (pending.remove(this)) {
                action.run();
            }
        }
    }

    /// Runs an action some time after the owner has become unreachable. The action must not refer to the owner.
    void register(Object owner, Runnable action) {
        pending.add(new Farewell(owner, action));
        for (int i = 0; i < HELP && run(due.poll()); i++) {
            // until nothing is due
        }
    }

    private boolean run(@Nullable Object reference) {
        if (reference instanceof Farewell farewell) {
            farewell.run();
            return true;
        }
        return false;
    }

    private void runAll() {
        while (true) {
            try {
                run(due.remove());
            } catch (InterruptedException | RuntimeException ignored) {
                // Nobody here to tell: an interrupt is no business of this thread, and one action that fails must not end the others.
            }
        }
    }
}

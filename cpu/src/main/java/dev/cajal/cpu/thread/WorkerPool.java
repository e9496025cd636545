package dev.cajal.cpu.thread;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A few threads that share the tasks of one run at a time.
///
/// A fork-join of a few microseconds is what a training step needs some dozen times: idle workers therefore spin for a moment before they
/// park, the caller works too, tasks are claimed with one compare-and-set each, and a run allocates nothing.
///
/// Each thread has a range of the tasks, always the same for as many tasks, and helps others only when it is done: so the same parts of weights and activations stay in the
/// cache of the same processor. What another one has written comes from there, line by line.
///
/// A run that begins inside a task, or while another thread's run is on, is done by the calling thread alone. Whoever
/// needs the same bits either way must not let results depend on who does a task: kernels here never do.
public final class WorkerPool implements AutoCloseable {
    private static final VarHandle TICKETS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle PENDING;
    private static final VarHandle BUSY;

    static {
        try {
            var lookup = MethodHandles.lookup();
            PENDING = lookup.findVarHandle(WorkerPool.class, "pending", int.class);
            BUSY = lookup.findVarHandle(WorkerPool.class, "busy", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /// How long an idle thread spins before it parks. A virtual processor that was halted takes longer to wake than a product of a small layer.
    private static final long SPIN_NANOS = 500_000;
    /// How long of that it does not let others have the processor, such as the JVM's compiler while a program becomes warm.
    private static final long SELFISH_NANOS = 20_000;
    private static final int SPINS_PER_LOOK_AT_THE_CLOCK = 64;
    /// So far are tickets apart that no two share a cache line.
    private static final int APART = 16;

    private final String name;
    private volatile int threads;
    /// Index 0 stays null: it stands for the caller.
    private @Nullable Worker[] workers = new Worker[1];

    /// The number of the run.
    private volatile int run;
    /// For each range of tasks, [#APART] from one to the next: the number of the run in the high half, how many of its tasks are unclaimed in the low half. Claiming takes
    /// one from it, so that whoever is late for a run can never claim a task of the next one unawares.
    private volatile long[] tickets = new long[APART];
    /// Tasks of the run that are not done.
    private volatile int pending;
    private volatile boolean busy;
    private volatile @Nullable Thread waiting;
    private volatile @Nullable Throwable failure;
    // Written before the tickets, read after one.
    private @Nullable TaskBody body;
    private int tasks;
    private int ranges;

    private WorkerPool(int threads, String name) {
        this.name = name;
        this.threads = Math.max(1, threads);
    }

    private static final class Shared {
        static final WorkerPool POOL = new WorkerPool(
                Integer.getInteger("cajal.threads", Runtime.getRuntime().availableProcessors()), "cajal");
    }

    /// The pool of this process. Its size is the system property `cajal.threads`, else the number of processors.
    public static WorkerPool shared() {
        return Shared.POOL;
    }

    /// A pool of its own, for tests; to be closed.
    public static WorkerPool withThreads(int threads) {
        return new WorkerPool(threads, "cajal-" + threads);
    }

    /// How many threads a run may use, the caller included.
    public int threads() {
        return threads;
    }

    /// Changes the number of threads; waits for a run that is on.
    ///
    /// @param count at least 1
    public void resize(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a pool needs at least one thread, not " + count);
        }
        while (!BUSY.compareAndSet(this, false, true)) {
            Thread.onSpinWait();
        }
        try {
            threads = count;
            for (int i = count; i < workers.length; i++) {
                LockSupport.unpark(workers[i]);
            }
        } finally {
            busy = false;
        }
    }

    /// Ends all threads but the caller's, which does everything alone from now on.
    @Override
    public void close() {
        resize(1);
    }

    /// Does all tasks and returns when they are done.
    ///
    /// @throws RuntimeException or Error of a task; the other tasks are then done or not
    public void run(int tasks, TaskBody body) {
        if (tasks <= 1 || threads == 1 || !BUSY.compareAndSet(this, false, true)) {
            for (int task = 0; task < tasks; task++) {
                body.run(task);
            }
            return;
        }
        Throwable thrown;
        try {
            this.body = body;
            this.tasks = tasks;
            failure = null;
            pending = tasks;
            publish(tasks);
            wake(Math.min(threads, tasks));
            work(0);
            await();
            thrown = failure;
            this.body = null;
        } finally {
            busy = false;
        }
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
    }

    /// Offers the tasks to all threads.
    private void publish(int tasks) {
        ranges = Math.min(threads, tasks);
        if (tickets.length < ranges * APART) {
            tickets = new long[ranges * APART];
        }
        int next = run + 1;
        for (int range = 0; range < ranges; range++) {
            TICKETS.setVolatile(tickets, range * APART, ((long) next << 32) | first(range + 1) - first(range));
        }
        run = next;
    }

    /// The first task of a range.
    private int first(int range) {
        return (int) ((long) tasks * range / ranges);
    }

    /// Does what is left of one's own range, then of those of others.
    private void work(int index) {
        int known = ranges;
        for (int i = 0; i < known; i++) {
            int range = (index + i) % known;
            while (claim(range)) {
                // until nothing is left to claim
            }
        }
    }

    /// Claims a task of a range and does it; false if none is left.
    private boolean claim(int range) {
        long[] known = tickets;
        if (range * APART >= known.length) {
            return false;
        }
        long t = (long) TICKETS.getVolatile(known, range * APART);
        int unclaimed = (int) t;
        if (unclaimed == 0) {
            return false;
        }
        TaskBody todo = body;
        int task = first(range + 1) - unclaimed;
        if (!TICKETS.compareAndSet(known, range * APART, t, t - 1)) {
            return true;
        }
        // Claimed, so the body and the count read before are this run's.
        try {
            if (todo != null && failure == null) {
                todo.run(task);
            }
        } catch (Throwable e) {
            failure = e;
        } finally {
            if ((int) PENDING.getAndAdd(this, -1) == 1) {
                Thread caller = waiting;
                if (caller != null) {
                    LockSupport.unpark(caller);
                }
            }
        }
        return true;
    }

    /// Waits until all claimed tasks are done, also when interrupted.
    private void await() {
        if (spin(false, 0, 0)) {
            return;
        }
        boolean interrupted = false;
        waiting = Thread.currentThread();
        while (pending != 0) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        waiting = null;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Spins until there is another run than `seen` (for a worker of index `worker`) or until all work is done (for the caller); false when time is up.
    private boolean spin(boolean forWork, int worker, int seen) {
        long start = System.nanoTime();
        long spun = 0;
        do {
            for (int i = 0; i < SPINS_PER_LOOK_AT_THE_CLOCK; i++) {
                if (forWork ? run != seen || worker >= threads : pending == 0) {
                    return true;
                }
                Thread.onSpinWait();
            }
            if (spun > SELFISH_NANOS) {
                Thread.yield();
            }
            spun = System.nanoTime() - start;
        } while (spun < SPIN_NANOS);
        return false;
    }

    /// Starts or unparks as many threads as have something to do, the caller included.
    private void wake(int count) {
        if (workers.length < count) {
            workers = Arrays.copyOf(workers, count);
        }
        for (int i = 1; i < count; i++) {
            Worker worker = workers[i];
            if (worker == null || worker.ended) {
                worker = new Worker(i);
                workers[i] = worker;
                worker.start();
            } else if (worker.parked) {
                LockSupport.unpark(worker);
            }
        }
    }

    private final class Worker extends Thread {
        private final int index;
        volatile boolean parked;
        volatile boolean ended;

        Worker(int index) {
            super(null, null, name + "-worker-" + index, 0, false);
            this.index = index;
            setDaemon(true);
            // Else the thread would keep the first caller's class loader alive.
            setContextClassLoader(ClassLoader.getSystemClassLoader());
        }

        @Override
        public void run() {
            int seen = 0;
            while (index < threads) {
                int now = run;
                if (now != seen) {
                    work(index);
                    seen = now;
                } else if (!spin(true, index, seen)) {
                    parked = true;
                    while (run == seen && index < threads) {
                        LockSupport.park(WorkerPool.this);
                        Thread.interrupted(); // nobody's business here, and park would not block any more
                    }
                    parked = false;
                }
            }
            ended = true;
        }
    }
}

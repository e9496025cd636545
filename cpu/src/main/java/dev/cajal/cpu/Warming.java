package dev.cajal.cpu;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The background thread that makes vector forms of kernels, and looks at them again later. It ends when it has nothing to do.
final class Warming {
    private static final int IDLE_SECONDS = 5;
    private static final ScheduledThreadPoolExecutor THREAD = thread();

    private Warming() {}

    /// Does something on the background thread.
    ///
    /// @param nanos not before so many have passed
    static void after(long nanos, Runnable work) {
        THREAD.schedule(work, nanos, TimeUnit.NANOSECONDS);
    }

    private static ScheduledThreadPoolExecutor thread() {
        var executor = new ScheduledThreadPoolExecutor(
                1, work -> Thread.ofPlatform().daemon().name("cajal-warming").unstarted(work));
        executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}

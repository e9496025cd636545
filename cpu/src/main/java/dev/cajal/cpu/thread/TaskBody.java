package dev.cajal.cpu.thread;

/// What a [WorkerPool] does for each task.
@FunctionalInterface
public interface TaskBody {
    /// Does one task. Tasks of one run are done in any order, on any thread, several at a time.
    ///
    /// @param task from 0 to the number of tasks - 1, each exactly once
    void run(int task);
}

package dev.cajal.cli;

import dev.cajal.nn.Snapshots;
import dev.cajal.nn.Training;
import dev.cajal.nn.train.Trainer;
import java.nio.file.Path;
import java.util.List;

/// Writes snapshots of a training, but not all of them: where an epoch takes a millisecond, forcing each one to the disk would take longer
/// than the training. What a killed run can lose is a second's work.
final class SnapshotKeeper implements Trainer.SnapshotWriter {
    private static final long NANOS_BETWEEN = 1_000_000_000;

    private final Path file;
    private final Training<?, ?> training;
    private boolean written;
    private long writtenAt;

    SnapshotKeeper(Path file, Training<?, ?> training) {
        this.file = file;
        this.training = training;
    }

    @Override
    public void save(Trainer.Snapshot snapshot) {
        if (!written || System.nanoTime() - writtenAt > NANOS_BETWEEN || Thread.currentThread().isInterrupted()) {
            write(snapshot);
        }
    }

    /// Writes one in any case.
    void write(Trainer.Snapshot snapshot) {
        Snapshots.save(file, training, snapshot, List.of());
        written = true;
        writtenAt = System.nanoTime();
    }
}

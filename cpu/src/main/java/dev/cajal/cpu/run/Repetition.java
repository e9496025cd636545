package dev.cajal.cpu.run;

/// Tells a step that keeps something for all trips of a repetition when another one begins.
final class Repetition {
    private final Memory memory;
    private long last;

    Repetition(Memory memory) {
        this.memory = memory;
    }

    /// Whether this is the first trip since another repetition, or since this was asked never before.
    boolean isNew() {
        boolean isNew = memory.repetition() != last;
        last = memory.repetition();
        return isNew;
    }
}

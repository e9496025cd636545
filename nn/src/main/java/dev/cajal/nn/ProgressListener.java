package dev.cajal.nn;

/// Hears how far work on many examples has come.
@FunctionalInterface
public interface ProgressListener {
    /// Some more are done.
    ///
    /// @param done how many
    /// @param all how many there are
    void progress(int done, int all);

    /// Hears nothing.
    static ProgressListener none() {
        return (_, _) -> {};
    }
}

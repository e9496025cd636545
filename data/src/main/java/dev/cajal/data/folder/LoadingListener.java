package dev.cajal.data.folder;

/// Hears how far the reading of many files has come.
@FunctionalInterface
public interface LoadingListener {
    /// Some more have been read. May be called by any thread, one at a time.
    ///
    /// @param done how many
    /// @param all how many there are
    void progress(int done, int all);

    /// Hears nothing.
    static LoadingListener none() {
        return (_, _) -> {};
    }
}

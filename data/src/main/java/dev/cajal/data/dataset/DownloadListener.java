package dev.cajal.data.dataset;

/// Hears how far the download of a data set has come.
@FunctionalInterface
public interface DownloadListener {
    /// Some more of a file has arrived.
    ///
    /// @param file its name
    /// @param bytes how many have arrived
    /// @param total how many it has
    void progress(String file, long bytes, long total);

    /// Hears nothing.
    static DownloadListener none() {
        return (_, _, _) -> {};
    }
}

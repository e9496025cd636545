package dev.cajal.cpu;

/// A run of a kernel on scratch data, through everything that matters in it. For one thread at a time.
///
/// @param <K> the kernel's interface
public interface Trial<K> {
    /// Runs a kernel, for some ten microseconds if it is compiled.
    void run(K kernel);

    /// About how many vector instructions a run takes.
    long instructions();
}

package dev.cajal.cpu;

/// Runs of a kernel on scratch data. For one thread at a time.
///
/// @param <K> the kernel's interface
public interface Trial<K> {
    /// Runs a kernel through everything that is in it, for some ten microseconds if it is compiled.
    void run(K kernel);

    /// Runs only what each use of the kernel runs, so that it is compiled if the kernel has worked for a while: no edges, no remainders.
    void probe(K kernel);

    /// About how many vector instructions a probe takes.
    long instructions();
}

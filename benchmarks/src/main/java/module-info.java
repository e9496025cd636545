import org.jspecify.annotations.NullMarked;

/// Cajal's side of the comparison with its peers. Not published.
@NullMarked
module dev.cajal.benchmark {
    requires static org.jspecify;
    requires dev.cajal.data;
    requires dev.cajal.nn;
    requires java.management;

    // Trees of tensors are records.
    opens dev.cajal.benchmark to
            dev.cajal.core;
}

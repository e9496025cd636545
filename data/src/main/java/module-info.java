import org.jspecify.annotations.NullMarked;

/// Where examples come from: files, generators and data sets by name.
@NullMarked
module dev.cajal.data {
    requires static org.jspecify;
    requires transitive dev.cajal.nn;
}

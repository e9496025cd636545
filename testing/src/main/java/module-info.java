import org.jspecify.annotations.NullMarked;

/// What tests of backends, rewrites and gradients share: samples of every operation with arguments.
@NullMarked
module dev.cajal.testing {
    requires transitive dev.cajal.core;
    requires static org.jspecify;

    exports dev.cajal.testing;
}

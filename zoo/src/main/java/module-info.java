import org.jspecify.annotations.NullMarked;

/// Models by name.
@NullMarked
module dev.cajal.zoo {
    requires static org.jspecify;
    requires transitive dev.cajal.nn;

    exports dev.cajal.zoo;
}

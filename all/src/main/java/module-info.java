import org.jspecify.annotations.NullMarked;

/// All of Cajal in one module: `import module dev.cajal;`.
@NullMarked
module dev.cajal {
    requires static org.jspecify;
    requires transitive dev.cajal.core;
    requires transitive dev.cajal.nn;
    requires transitive dev.cajal.data;
    requires transitive dev.cajal.zoo;
}

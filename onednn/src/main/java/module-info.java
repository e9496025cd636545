import org.jspecify.annotations.NullMarked;

/// Matrix products of bf16 by oneDNN, through the foreign function interface. Nothing compiles against it: it is found as a service.
@NullMarked
module dev.cajal.onednn {
    requires static org.jspecify;
    requires dev.cajal.core;

    provides dev.cajal.backend.ProductLibrary with
            dev.cajal.onednn.OneDnn;
}

import org.jspecify.annotations.NullMarked;

/// The heart of Cajal: types, the graph, automatic differentiation, the backend interface, the reference backend, tensors.
@NullMarked
module dev.cajal.core {
    requires jdk.management;
    requires static org.jspecify;

    uses dev.cajal.backend.Backend;

    exports dev.cajal.autodiff;
    exports dev.cajal.backend;
    exports dev.cajal.ir;
    exports dev.cajal.memory;
    exports dev.cajal.reference;
    exports dev.cajal.rewrite;
    exports dev.cajal.stablehlo;
    exports dev.cajal.tensor;
    exports dev.cajal.transform;
    exports dev.cajal.type;

    provides dev.cajal.backend.Backend with
            dev.cajal.reference.ReferenceBackend;
}

import org.jspecify.annotations.NullMarked;

/// The fast CPU backend in pure Java. Nothing compiles against it: it is found as a service.
@NullMarked
module dev.cajal.cpu {
    requires static org.jspecify;
    requires dev.cajal.core;
    requires jdk.incubator.vector;

    uses dev.cajal.backend.ProductLibrary;

    provides dev.cajal.backend.Backend with
            dev.cajal.cpu.run.CpuBackend;
}

package dev.cajal.cpu.matmul;

import dev.cajal.backend.BackendReport;
import dev.cajal.backend.ProductLibrary;
import dev.cajal.type.CajalException;
import dev.cajal.type.Phrase;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/// The library for products of bf16, if there is one.
public final class Libraries {
    private Libraries() {}

    /// Looked up once, and only when products of bf16 are asked for.
    private static final class Found {
        static final List<ProductLibrary> ALL = ServiceLoader
                .load(ProductLibrary.class, Libraries.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /// The first library that can be used here.
    public static Optional<ProductLibrary> usable() {
        return Found.ALL.stream().filter(library -> library.obstacle().isEmpty()).findFirst();
    }

    /// Makes sure that there is a library that can be used here.
    ///
    /// @throws CajalException that says what is missing
    public static void require() {
        require(Found.ALL);
    }

    static void require(List<ProductLibrary> libraries) {
        refusal(libraries).ifPresent(refused -> {
            throw refused;
        });
    }

    /// Which library there is, or what is missing.
    public static BackendReport.Bf16 report() {
        return new BackendReport.Bf16(usable().map(ProductLibrary::name),
                refusal(Found.ALL).map(CajalException::phrase));
    }

    private static Optional<CajalException> refusal(List<ProductLibrary> libraries) {
        if (libraries.isEmpty()) {
            return Optional.of(new CajalException("cpu.bf16-library",
                    "Products in bf16 need the module dev.cajal.onednn, which is not there. Add the dependency dev.cajal:cajal-onednn "
                            + "to the class path or module path, or compute in f32."));
        }
        List<Optional<Phrase>> obstacles = libraries.stream().map(ProductLibrary::obstacle).toList();
        return obstacles.stream().allMatch(Optional::isPresent)
                ? Optional.of(new CajalException("cpu.bf16",
                        "Products in bf16 cannot be computed on this machine: %s. Compute in f32.",
                        obstacles.getFirst().orElseThrow()))
                : Optional.empty();
    }
}

package dev.cajal.cpu.matmul;

import dev.cajal.cpu.Lanes;
import dev.cajal.cpu.Twin;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Which kernel multiplies: the scalar one until the vector one is warm.
///
/// Products that go through the same tiles and ways of packing are of one class and share a twin. Each class becomes warm for itself, so that no product waits
/// for tiles that it does not need.
final class MatmulKernels {
    private static final MatmulKernel SCALAR = new ScalarMatmul();

    private MatmulKernels() {}

    /// The kernel without vectors.
    static MatmulKernel scalar() {
        return SCALAR;
    }

    /// The kernel with vectors, only where there are some.
    static MatmulKernel vector() {
        return Vector.KERNEL;
    }

    /// The kernel to use next for a product.
    static MatmulKernel of(Product product) {
        return Lanes.available() ? twin(product).kernel() : SCALAR;
    }

    /// Which form works; of those of different classes of products, the one that is farthest from warm.
    static Twin.State state() {
        if (!Lanes.available()) {
            return Twin.State.SCALAR;
        }
        Twin.State state = Twin.State.VECTOR;
        for (int i = 0; i < Vector.TWINS.length(); i++) {
            Twin<MatmulKernel> twin = Vector.TWINS.get(i);
            if (twin != null && twin.state() != Twin.State.VECTOR && state != Twin.State.SLOW) {
                state = twin.state();
            }
        }
        return state;
    }

    /// The twin for a product; it begins to warm up when it is first asked for.
    private static Twin<MatmulKernel> twin(Product product) {
        int number = ProductClass.number(product);
        Twin<MatmulKernel> twin = Vector.TWINS.get(number);
        if (twin == null) {
            Twin<MatmulKernel> made = Twin.of("a matrix product", SCALAR, MatmulKernels::vector,
                    ProductClass.trial(number));
            twin = Vector.TWINS.compareAndSet(number, null, made) ? made : twin(product);
        }
        return twin;
    }

    /// Loaded only where the Vector API is present.
    private static final class Vector {
        static final MatmulKernel KERNEL = new VectorMatmul();
        static final AtomicReferenceArray<@Nullable Twin<MatmulKernel>> TWINS = new AtomicReferenceArray<>(
                ProductClass.COUNT);
    }
}

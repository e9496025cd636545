package dev.cajal.cpu.matmul;

import java.util.Optional;

/// A matrix product, of which the first operand may be [patches][Patches] of images instead of a matrix in memory.
///
/// @param product its shape; where there are patches, A is their matrix, or its transpose if `transposeA`, and `strideA` is the distance of the images of two items
/// of the batch
/// @param planes the convolution that it is, where that is to be computed with fewer multiplications
public record Contraction(Product product, Optional<Patches> patches, Optional<Planes> planes) {
    /// A product of matrices in memory.
    public static Contraction of(Product product) {
        return new Contraction(product, Optional.empty(), Optional.empty());
    }

    /// A product of patches.
    public static Contraction of(Product product, Patches patches) {
        return new Contraction(product, Optional.of(patches), Optional.empty());
    }

    /// The same, computed as a convolution of planes if there are some.
    public Contraction withPlanes(Optional<Planes> convolution) {
        return new Contraction(product, patches, convolution);
    }

    /// Whether all items of the batch lie one behind the other in C, row by row.
    public boolean hasDenseRows() {
        return product.batch() == 1 || product.ldc() == product.n();
    }
}

package dev.cajal.cpu.codegen;

import dev.cajal.cpu.Lanes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Tile kernels by shape, for vectors of the width in use. Needs the Vector API.
public final class TileKernels {
    private static final Map<TileShape, TileKernel> KNOWN = new ConcurrentHashMap<>();

    private TileKernels() {}

    /// The kernel of a shape.
    public static TileKernel of(TileShape shape) {
        return KNOWN.computeIfAbsent(shape,
                wanted -> HiddenClasses.define(TileKernel.class, TileWriter.write(wanted, Lanes.bits())));
    }
}

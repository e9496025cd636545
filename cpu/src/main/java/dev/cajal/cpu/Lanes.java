package dev.cajal.cpu;

import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/// How wide the vectors are that kernels use, decided once per process and in this place only.
///
/// The Vector API is an incubator module: it is there if the application is a module that reaches `dev.cajal.cpu`, or if the JVM was started
/// with `--add-modules jdk.incubator.vector`. Without it scalar kernels compute the same bits, some times slower. Classes that
/// mention vector types must not be loaded where [#available] is false.
///
/// The system property `cajal.vector` overrides the choice: `off`, `128`, `256` or `512`.
public final class Lanes {
    private Lanes() {}

    /// The system property that chooses a width by hand.
    public static final String PROPERTY = "cajal.vector";

    private static final int BITS = choose(System.getProperty(PROPERTY));

    /// Bits of a vector: 512, 256 or 128; 0 where kernels are scalar.
    public static int bits() {
        return BITS;
    }

    /// Floats of a vector; 0 where kernels are scalar.
    public static int floats() {
        return BITS / Float.SIZE;
    }

    /// Whether kernels may use vectors.
    public static boolean available() {
        return BITS != 0;
    }

    /// Whether the JVM was started with the Vector API, used or not.
    public static boolean present() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    private static int choose(@Nullable String wish) {
        if (!present() || "off".equals(wish)) {
            return 0;
        }
        if (wish == null || wish.isEmpty()) {
            int preferred = Preferred.bits();
            // Wider vectors than the 16 virtual lanes of a reduction have nothing to offer; narrower ones than 128 bits are none.
            return preferred >= 512 ? 512 : preferred >= 256 ? 256 : preferred >= 128 ? 128 : 0;
        }
        return switch (wish) {
            case "128", "256", "512" -> Integer.parseInt(wish);
            default -> throw new IllegalArgumentException(
                    "-D" + PROPERTY + "=" + wish + ": expected off, 128, 256 or 512");
        };
    }

    /// Loaded only where the Vector API is present.
    private static final class Preferred {
        static int bits() {
            return FloatVector.SPECIES_PREFERRED.vectorBitSize();
        }
    }
}

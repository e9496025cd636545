package dev.cajal.cpu;

import dev.cajal.type.CajalException;
import dev.cajal.type.Phrase;
import java.util.Optional;
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

    /// Why there are no vectors, or narrower ones than the processor has.
    public static Optional<Phrase> obstacle() {
        if (!present()) {
            return Optional.of(Phrase.of("cpu.vectors-absent", "java was started without the Vector API"));
        }
        int widest = width(Preferred.bits());
        if (widest == 0) {
            return Optional.of(Phrase.of("cpu.vectors-none", "Java finds none in this processor"));
        }
        return BITS >= widest
                ? Optional.empty()
                : Optional.of(Phrase.of("cpu.vectors-property", "the system property %s is %s", PROPERTY,
                        String.valueOf(System.getProperty(PROPERTY))));
    }

    private static int choose(@Nullable String wish) {
        if (!present() || "off".equals(wish)) {
            return 0;
        }
        if (wish == null || wish.isEmpty()) {
            return width(Preferred.bits());
        }
        return isWidth(wish) ? Integer.parseInt(wish) : 0;
    }

    /// Wider vectors than the 16 virtual lanes of a reduction have nothing to offer; narrower ones than 128 bits are none.
    private static int width(int preferred) {
        return preferred >= 512 ? 512 : preferred >= 256 ? 256 : preferred >= 128 ? 128 : 0;
    }

    /// Makes sure that the system property says something that can be done. An initializer that failed on it would hide why.
    ///
    /// @throws CajalException if it does not
    public static void check() {
        check(System.getProperty(PROPERTY));
    }

    static void check(@Nullable String wish) {
        if (wish != null && !wish.isEmpty() && !"off".equals(wish) && !isWidth(wish)) {
            throw new CajalException("cpu.vector",
                    "The system property %s is \"%s\". It can be 128, 256 or 512 (bits of a vector) or off; without it "
                            + "vectors are as wide as the processor's.",
                    PROPERTY, wish);
        }
    }

    private static boolean isWidth(String wish) {
        return "128".equals(wish) || "256".equals(wish) || "512".equals(wish);
    }

    /// Loaded only where the Vector API is present.
    private static final class Preferred {
        static int bits() {
            return FloatVector.SPECIES_PREFERRED.vectorBitSize();
        }
    }
}

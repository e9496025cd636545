package dev.cajal.cpu;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/// The vector species of the width that [Lanes] chose, as constants that compilers see through.
///
/// Not to be touched unless [Lanes#available].
public final class Species {
    private Species() {}

    /// Floats.
    public static final VectorSpecies<Float> FLOAT = switch (Lanes.bits()) {
        case 512 -> FloatVector.SPECIES_512;
        case 256 -> FloatVector.SPECIES_256;
        default -> FloatVector.SPECIES_128;
    };

    /// Doubles, half as many.
    public static final VectorSpecies<Double> DOUBLE = switch (Lanes.bits()) {
        case 512 -> DoubleVector.SPECIES_512;
        case 256 -> DoubleVector.SPECIES_256;
        default -> DoubleVector.SPECIES_128;
    };

    /// Ints, as many as floats.
    public static final VectorSpecies<Integer> INT = switch (Lanes.bits()) {
        case 512 -> IntVector.SPECIES_512;
        case 256 -> IntVector.SPECIES_256;
        default -> IntVector.SPECIES_128;
    };

    /// Longs, half as many.
    public static final VectorSpecies<Long> LONG = switch (Lanes.bits()) {
        case 512 -> LongVector.SPECIES_512;
        case 256 -> LongVector.SPECIES_256;
        default -> LongVector.SPECIES_128;
    };
}

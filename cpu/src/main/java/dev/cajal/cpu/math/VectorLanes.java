package dev.cajal.cpu.math;

import jdk.incubator.vector.FloatVector;

/// The rare or irregular functions of [VectorMath], one lane after the other.
final class VectorLanes {
    private VectorLanes() {}

    static FloatVector sin(FloatVector x) {
        float[] lanes = x.toArray();
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = FloatMath.sin(lanes[i]);
        }
        return FloatVector.fromArray(x.species(), lanes, 0);
    }

    static FloatVector cos(FloatVector x) {
        float[] lanes = x.toArray();
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = FloatMath.cos(lanes[i]);
        }
        return FloatVector.fromArray(x.species(), lanes, 0);
    }

    static FloatVector tan(FloatVector x) {
        float[] lanes = x.toArray();
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = FloatMath.tan(lanes[i]);
        }
        return FloatVector.fromArray(x.species(), lanes, 0);
    }

    static FloatVector pow(FloatVector x, FloatVector y) {
        float[] lanes = x.toArray();
        float[] exponents = y.toArray();
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = FloatMath.pow(lanes[i], exponents[i]);
        }
        return FloatVector.fromArray(x.species(), lanes, 0);
    }

    static FloatVector remainder(FloatVector x, FloatVector y) {
        float[] lanes = x.toArray();
        float[] divisors = y.toArray();
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = FloatMath.remainder(lanes[i], divisors[i]);
        }
        return FloatVector.fromArray(x.species(), lanes, 0);
    }
}

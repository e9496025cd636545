package dev.cajal.cpu.codegen;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/// Names of the classes and methods that kernels mention. Only names: nothing here links the Vector API.
final class Descriptors {
    private Descriptors() {}

    private static final String VECTOR_PACKAGE = "jdk.incubator.vector.";
    static final ClassDesc FLOATS = ClassDesc.of(VECTOR_PACKAGE + "FloatVector");
    static final ClassDesc INTS = ClassDesc.of(VECTOR_PACKAGE + "IntVector");
    static final ClassDesc SHORTS = ClassDesc.of(VECTOR_PACKAGE + "ShortVector");
    static final ClassDesc VECTOR = ClassDesc.of(VECTOR_PACKAGE + "Vector");
    static final ClassDesc MASK = ClassDesc.of(VECTOR_PACKAGE + "VectorMask");
    static final ClassDesc SPECIES = ClassDesc.of(VECTOR_PACKAGE + "VectorSpecies");
    static final ClassDesc OPERATORS = ClassDesc.of(VECTOR_PACKAGE + "VectorOperators");
    static final ClassDesc BINARY = OPERATORS.nested("Binary");
    static final ClassDesc ASSOCIATIVE = OPERATORS.nested("Associative");
    static final ClassDesc COMPARISON = OPERATORS.nested("Comparison");
    static final ClassDesc CONVERSION = OPERATORS.nested("Conversion");
    static final ClassDesc VECTOR_MATH = ClassDesc.of("dev.cajal.cpu.math.VectorMath");

    static final ClassDesc FLOAT = ConstantDescs.CD_float;
    static final ClassDesc INT = ConstantDescs.CD_int;
    static final ClassDesc LONG = ConstantDescs.CD_long;
    static final ClassDesc BOOLEAN = ConstantDescs.CD_boolean;
    static final ClassDesc VOID = ConstantDescs.CD_void;
    static final ClassDesc FLOAT_ARRAY = FLOAT.arrayType();
    static final ClassDesc INT_ARRAY = INT.arrayType();
    static final ClassDesc SHORT_ARRAY = ConstantDescs.CD_short.arrayType();
    static final ClassDesc LONG_ARRAY = LONG.arrayType();
    static final ClassDesc SEGMENT = ClassDesc.of("java.lang.foreign.MemorySegment");
    static final ClassDesc SEGMENT_ARRAY = SEGMENT.arrayType();
    static final ClassDesc BYTE_ORDER = ClassDesc.of("java.nio.ByteOrder");

    static final ClassDesc FRAME = ClassDesc.of(LaneFrame.class.getName());
    static final ClassDesc KERNEL = ClassDesc.of(LaneKernel.class.getName());
    static final ClassDesc SUPPORT = ClassDesc.of(LaneSupport.class.getName());
    static final ClassDesc SUPPORT_VECTORS = ClassDesc.of(LaneSupport.class.getPackageName() + ".LaneVectors");
    static final ClassDesc EDGES = ClassDesc.of(LaneEdges.class.getName());
    static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
    static final MethodTypeDesc RUN = MethodTypeDesc.of(VOID, FRAME, LONG, INT);
    /// Of the methods of [LaneEdges] that move elements.
    static final MethodTypeDesc EDGE = MethodTypeDesc.of(VOID, FRAME, SEGMENT, LONG, INT);

    /// The vector class for a type of lanes.
    static ClassDesc vector(LaneType type) {
        return switch (type) {
            case FLOAT -> FLOATS;
            case INT -> INTS;
            case MASK -> MASK;
        };
    }

    /// The array of lanes of a type.
    static ClassDesc array(LaneType type) {
        return type == LaneType.FLOAT ? FLOAT_ARRAY : INT_ARRAY;
    }

    /// Calls a method of a vector that gives a vector of the same class.
    static void call(CodeBuilder code, ClassDesc owner, String name, ClassDesc... arguments) {
        code.invokevirtual(owner, name, MethodTypeDesc.of(owner, arguments));
    }

    /// Calls a static method that gives a vector of the class that it belongs to.
    static void create(CodeBuilder code, ClassDesc owner, String name, ClassDesc... arguments) {
        code.invokestatic(owner, name, MethodTypeDesc.of(owner, arguments));
    }

    /// Calls a method of a mask that gives a mask.
    static void callMask(CodeBuilder code, String name, ClassDesc... arguments) {
        code.invokevirtual(MASK, name, MethodTypeDesc.of(MASK, arguments));
    }

    static void operator(CodeBuilder code, ClassDesc kind, String name) {
        code.getstatic(OPERATORS, name, kind);
    }

    static void nativeOrder(CodeBuilder code) {
        code.getstatic(SUPPORT, "ORDER", BYTE_ORDER);
    }
}

package dev.cajal.cpu.codegen;

import static dev.cajal.cpu.codegen.Descriptors.*;

import dev.cajal.cpu.reduce.ReductionOrder;
import dev.cajal.ir.Reducer;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/// Writes one reduction of a row: the sixteen virtual lanes in as many vectors as it takes.
///
/// Maxima and minima of floats, whose order does not matter, are those of ints with the same order: one fast instruction in the chain from
/// element to element instead of five.
final class ReductionWriter {
    private final CodeBuilder code;
    private final ValueWriter values;
    private final InstructionWriter instructions;
    private final Reducer reducer;
    private final int value;
    private final int number;
    private final int frame;
    private final int[] accumulators;

    /// @param number which reduction of the program
    /// @param parts vectors that are the virtual lanes
    /// @param frame the local variable of the frame
    ReductionWriter(CodeBuilder code, ValueWriter values, InstructionWriter instructions, LaneEnding.Reduce reduce,
            int number, int parts, int frame) {
        this.code = code;
        this.values = values;
        this.instructions = instructions;
        this.reducer = reduce.reducer();
        this.value = reduce.value();
        this.number = number;
        this.frame = frame;
        this.accumulators = new int[parts];
        for (int part = 0; part < parts; part++) {
            accumulators[part] = code.allocateLocal(TypeKind.REFERENCE);
        }
    }

    /// What the lanes of the reduced value hold, truth values being 0 and 1.
    private LaneType lanes() {
        return values.type(value) == LaneType.FLOAT ? LaneType.FLOAT : LaneType.INT;
    }

    private boolean byKeys() {
        return lanes() == LaneType.FLOAT && (reducer == Reducer.MAX || reducer == Reducer.MIN);
    }

    private LaneType accumulated() {
        return byKeys() ? LaneType.INT : lanes();
    }

    void start() {
        for (int accumulator : accumulators) {
            pushIdentity();
            toKeys();
            code.astore(accumulator);
        }
    }

    private void pushIdentity() {
        boolean truth = values.type(value) == LaneType.MASK;
        if (lanes() == LaneType.FLOAT) {
            values.broadcast(switch (reducer) {
                case SUM -> 0f;
                case PRODUCT -> 1f;
                case MAX -> Float.NEGATIVE_INFINITY;
                case MIN -> Float.POSITIVE_INFINITY;
                case AND, OR -> throw new AssertionError(reducer);
            });
        } else {
            values.broadcast(switch (reducer) {
                case SUM, OR -> 0;
                case PRODUCT -> 1;
                case MAX -> truth ? 0 : Integer.MIN_VALUE;
                case MIN -> truth ? 1 : Integer.MAX_VALUE;
                case AND -> truth ? 1 : -1;
            });
        }
    }

    /// Replaces the vector of floats on the stack by the ints that maxima and minima are taken of.
    private void toKeys() {
        if (byKeys()) {
            String name = reducer == Reducer.MAX ? "keysForMax" : "keysForMin";
            StraightLine.invoke(code, SUPPORT_VECTORS, name, MethodTypeDesc.of(INTS, FLOATS));
        }
    }

    /// Adds a vector of the value.
    void add(int part) {
        values.pushNumbers(value);
        addFromStack(part);
    }

    private void addFromStack(int part) {
        toKeys();
        int next = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(next);
        instructions.combine(
                accumulated(),
                reducer.combiner(),
                () -> code.aload(accumulators[part]),
                () -> code.aload(next));
        code.astore(accumulators[part]);
    }

    /// Writes the last elements of a row to the frame, filled up with the identity.
    void saveTail(int part, AccessWriter.Place place) {
        pushIdentity();
        values.pushNumbers(value);
        values.species(lanes());
        code.iconst_0().iload(place.left());
        code.invokeinterface(SPECIES, "indexInRange", MethodTypeDesc.of(MASK, INT, INT));
        call(code, vector(lanes()), "blend", VECTOR, MASK);
        intoFrame(lanes(), part);
    }

    void addTail() {
        for (int part = 0; part < accumulators.length; part++) {
            values.species(lanes());
            pushFrame(lanes());
            code.loadConstant(position(part));
            create(code, vector(lanes()), "fromArray", SPECIES, array(lanes()), INT);
            addFromStack(part);
        }
    }

    /// Leaves the result on the stack: a float, or an int.
    void fold() {
        for (int part = 0; part < accumulators.length; part++) {
            code.aload(accumulators[part]);
            intoFrame(accumulated(), part);
        }
        pushFrame(accumulated());
        code.loadConstant(position(0));
        String name = switch (reducer) {
            case SUM -> "foldSum";
            case PRODUCT -> "foldProduct";
            case MAX -> "foldMax";
            case MIN -> "foldMin";
            case AND -> "foldAnd";
            case OR -> "foldOr";
        };
        ClassDesc scalar = accumulated() == LaneType.FLOAT ? FLOAT : INT;
        code.invokestatic(SUPPORT, name, MethodTypeDesc.of(scalar, array(accumulated()), INT));
        if (byKeys()) {
            code.invokestatic(SUPPORT, "ofOrderedBits", MethodTypeDesc.of(FLOAT, INT));
        }
    }

    private void intoFrame(LaneType lanes, int part) {
        pushFrame(lanes);
        code.loadConstant(position(part));
        code.invokevirtual(vector(lanes), "intoArray", MethodTypeDesc.of(VOID, array(lanes), INT));
    }

    private void pushFrame(LaneType lanes) {
        code.aload(frame);
        code.getfield(FRAME, lanes == LaneType.FLOAT ? "floatLanes" : "intLanes", array(lanes));
    }

    private int position(int part) {
        return number * ReductionOrder.LANES + part * values.lanes();
    }
}

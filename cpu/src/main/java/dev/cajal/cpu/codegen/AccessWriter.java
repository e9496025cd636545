package dev.cajal.cpu.codegen;

import static dev.cajal.cpu.codegen.Descriptors.*;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Writes reads and writes of memory and of registers.
///
/// At the edge of a row, where a vector has lanes that are no elements, whatever is in memory there is read and computed with; only elements are written ([LaneEdges]).
/// Registers are long enough to be read and written with all lanes.
final class AccessWriter {
    private final CodeBuilder code;
    private final ValueWriter values;
    private final int frame;
    private final int count;
    private final int row;
    private final int memory;
    private final int offsets;
    private final int steps;
    /// The local variable with the memory of the current row, by port.
    private final Map<Integer, Integer> rows = new HashMap<>();

    /// @param frame the local variable of the frame
    /// @param count the local variable with the number of elements of a row
    /// @param row the local variable with the number of the row
    AccessWriter(CodeBuilder code, ValueWriter values, int frame, int count, int row) {
        this.code = code;
        this.values = values;
        this.frame = frame;
        this.count = count;
        this.row = row;
        this.memory = code.allocateLocal(TypeKind.REFERENCE);
        this.offsets = code.allocateLocal(TypeKind.REFERENCE);
        this.steps = code.allocateLocal(TypeKind.REFERENCE);
    }

    /// Where a vector of a row begins, in local variables.
    ///
    /// @param element the number of its first element
    /// @param bytes the same in bytes
    /// @param left how many lanes are elements; -1 if all of them are
    record Place(int element, int bytes, int left) {
        /// Before the first element.
        static final Place NONE = new Place(-1, -1, -1);

        boolean isEdge() {
            return left >= 0;
        }
    }

    /// Writes what all accesses need.
    void start() {
        code.aload(frame).getfield(FRAME, "memory", SEGMENT_ARRAY).astore(memory);
        code.aload(frame).getfield(FRAME, "offsets", LONG_ARRAY).astore(offsets);
        code.aload(frame).getfield(FRAME, "steps", LONG_ARRAY).astore(steps);
    }

    /// Writes where a vector begins.
    ///
    /// @param first the local variable with the number of the first element of a step
    /// @param part which vector of the step
    /// @param edge whether there may be lanes that are no elements
    Place place(int first, int part, boolean edge) {
        int element = first;
        if (part > 0) {
            element = code.allocateLocal(TypeKind.INT);
            code.iload(first).loadConstant(part * values.lanes()).iadd().istore(element);
        }
        int bytes = code.allocateLocal(TypeKind.LONG);
        code.iload(element).i2l().iconst_2().lshl().lstore(bytes);
        if (!edge) {
            return new Place(element, bytes, -1);
        }
        int left = code.allocateLocal(TypeKind.INT);
        code.iload(count).iload(element).isub().loadConstant(values.lanes());
        code.invokestatic(MATH, "min", MethodTypeDesc.of(INT, INT, INT)).istore(left);
        return new Place(element, bytes, left);
    }

    /// Cuts the current row out of the memory of a port.
    ///
    /// @param size bytes of an element
    void cutRow(int port, int size) {
        if (rows.containsKey(port)) {
            return;
        }
        pushMemory(port);
        pushOffset(port);
        code.iload(count).i2l().loadConstant((long) size).lmul();
        code.invokeinterface(SEGMENT, "asSlice", MethodTypeDesc.of(SEGMENT, LONG, LONG));
        int local = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(local);
        rows.put(port, local);
    }

    private void pushMemory(int port) {
        code.aload(memory).loadConstant(port).aaload();
    }

    /// The port's offset in the current row.
    private void pushOffset(int port) {
        code.aload(offsets).loadConstant(port).laload();
        code.aload(steps).loadConstant(port).laload().lload(row).lmul().ladd();
    }

    void load(int target, LaneInstruction.Load load, Place place) {
        pushMemory(load.port(), load.type(), place);
        values.pop(target);
    }

    /// Puts a vector from memory on the stack.
    void pushMemory(int port, LaneType lanes, Place place) {
        ClassDesc vector = vector(lanes);
        if (!place.isEdge()) {
            values.species(lanes);
            code.aload(rowOf(port)).lload(place.bytes());
            fromMemory(vector);
            return;
        }
        int at = edgeOf(port, place, Integer.BYTES);
        Label isPart = code.newLabel();
        Label end = code.newLabel();
        pushMemory(port);
        code.lload(at).loadConstant(values.lanes() * Integer.BYTES);
        code.invokestatic(EDGES, "hasWhole", MethodTypeDesc.of(BOOLEAN, SEGMENT, LONG, INT)).ifeq(isPart);
        values.species(lanes);
        pushMemory(port);
        code.lload(at);
        fromMemory(vector);
        code.goto_(end).labelBinding(isPart);
        code.aload(frame);
        pushMemory(port);
        code.lload(at).iload(place.left());
        code.invokestatic(EDGES, lanes == LaneType.FLOAT ? "loadFloats" : "loadInts", EDGE);
        values.species(lanes);
        pushEdge(lanes == LaneType.FLOAT ? "floatEdge" : "intEdge", array(lanes));
        code.iconst_0();
        create(code, vector, "fromArray", SPECIES, array(lanes), INT);
        code.labelBinding(end);
    }

    private void fromMemory(ClassDesc vector) {
        nativeOrder(code);
        create(code, vector, "fromMemorySegment", SPECIES, SEGMENT, LONG, BYTE_ORDER);
    }

    /// Takes a vector from the stack to memory.
    void store(int port, LaneType lanes, Place place) {
        if (lanes == LaneType.FLOAT) {
            store(port, place, FLOATS, FLOAT_ARRAY, "Float", Float.BYTES);
        } else {
            store(port, place, INTS, INT_ARRAY, "Int", Integer.BYTES);
        }
    }

    private void store(int port, Place place, ClassDesc vector, ClassDesc array, String name, int size) {
        if (place.isEdge()) {
            pushEdge(name.toLowerCase(Locale.ROOT) + "Edge", array);
            code.iconst_0().invokevirtual(vector, "intoArray", MethodTypeDesc.of(VOID, array, INT));
            int at = edgeOf(port, place, size);
            code.aload(frame);
            pushMemory(port);
            code.lload(at).iload(place.left());
            code.invokestatic(EDGES, "store" + name + "s", EDGE);
        } else {
            code.aload(rowOf(port));
            pushBytes(place, size);
            nativeOrder(code);
            code.invokevirtual(vector, "intoMemorySegment", MethodTypeDesc.of(VOID, SEGMENT, LONG, BYTE_ORDER));
        }
    }

    private void pushEdge(String field, ClassDesc array) {
        code.aload(frame).getfield(FRAME, field, array);
    }

    /// From the start of the row, for elements of a size.
    private void pushBytes(Place place, int size) {
        code.lload(place.bytes());
        if (size == Short.BYTES) {
            code.iconst_1().lshr();
        }
    }

    /// Writes where a vector at the edge begins in the memory of a port. The local variable with it.
    private int edgeOf(int port, Place place, int size) {
        int at = code.allocateLocal(TypeKind.LONG);
        pushOffset(port);
        pushBytes(place, size);
        code.ladd().lstore(at);
        return at;
    }

    /// Takes floats from the stack to memory, the upper half of each. Written out, since the compiler makes objects of vectors where it does not take a
    /// call into the loop.
    void storeUpperHalf(int port, Place place) {
        code.invokevirtual(FLOATS, "reinterpretAsInts", MethodTypeDesc.of(INTS));
        operator(code, BINARY, "LSHR");
        code.loadConstant(Short.SIZE);
        code.invokevirtual(INTS, "lanewise", MethodTypeDesc.of(INTS, BINARY, INT));
        operator(code, CONVERSION, "I2S");
        values.shortSpecies();
        code.iconst_0();
        code.invokevirtual(INTS, "convertShape", MethodTypeDesc.of(VECTOR, CONVERSION, SPECIES, INT));
        code.checkcast(SHORTS);
        store(port, place, SHORTS, SHORT_ARRAY, "Short", Short.BYTES);
    }

    private int rowOf(int port) {
        Integer local = rows.get(port);
        if (local == null) {
            throw new AssertionError("port " + port + " was not cut");
        }
        return local;
    }

    void loadScalar(int target, LaneInstruction.LoadScalar load) {
        values.species(load.type());
        pushMemory(load.port());
        pushOffset(load.port());
        ClassDesc scalar = load.type() == LaneType.FLOAT ? FLOAT : INT;
        String name = load.type() == LaneType.FLOAT ? "getFloat" : "getInt";
        code.invokestatic(SUPPORT, name, MethodTypeDesc.of(scalar, SEGMENT, LONG));
        create(code, vector(load.type()), "broadcast", SPECIES, scalar);
        values.pop(target);
    }

    void loadByte(int target, LaneInstruction.LoadByte load) {
        values.species(LaneType.INT);
        pushMemory(load.port());
        pushOffset(load.port());
        code.invokestatic(SUPPORT, "getByte", MethodTypeDesc.of(INT, SEGMENT, LONG));
        create(code, INTS, "broadcast", SPECIES, INT);
        if (load.type() == LaneType.MASK) {
            popTruth(target);
        } else {
            values.pop(target);
        }
    }

    /// Takes a vector of ints from the stack as a mask of those that are not 0.
    private void popTruth(int target) {
        values.broadcast(0);
        values.compare(INTS, "NE");
        values.popMask(target, LaneType.INT);
    }

    void read(int target, LaneInstruction.Read read, Place place) {
        LaneType lanes = read.type() == LaneType.FLOAT ? LaneType.FLOAT : LaneType.INT;
        values.species(lanes);
        pushRegister(lanes, read.register());
        code.iload(place.element());
        create(code, vector(lanes), "fromArray", SPECIES, array(lanes), INT);
        if (read.type() == LaneType.MASK) {
            popTruth(target);
        } else {
            values.pop(target);
        }
    }

    void write(LaneEnding.Write write, Place place) {
        LaneType lanes = values.type(write.value()) == LaneType.FLOAT ? LaneType.FLOAT : LaneType.INT;
        values.pushNumbers(write.value());
        pushRegister(lanes, write.register());
        code.iload(place.element());
        code.invokevirtual(vector(lanes), "intoArray", MethodTypeDesc.of(VOID, array(lanes), INT));
    }

    private void pushRegister(LaneType lanes, int register) {
        ClassDesc array = array(lanes);
        code.aload(frame).getfield(FRAME, lanes == LaneType.FLOAT ? "floats" : "ints", array.arrayType());
        code.loadConstant(register).aaload();
    }

    void index(int target, LaneInstruction.Index index, Place place, InstructionWriter instructions) {
        int first = code.allocateLocal(TypeKind.INT);
        pushOffset(index.port());
        code.l2i().iload(place.element()).loadConstant(index.stride()).imul().iadd().istore(first);
        instructions.index(target, first, index.stride());
    }

    /// Writes the scalar on the stack as the result of a reduction of this row.
    void putScalar(LaneEnding.Reduce reduce) {
        LaneType type = values.type(reduce.value());
        pushMemory(reduce.port());
        pushOffset(reduce.port());
        ClassDesc scalar = type == LaneType.FLOAT ? FLOAT : INT;
        String name = switch (type) {
            case FLOAT -> "putFloat";
            case INT -> "putInt";
            case MASK -> "putTruth";
        };
        code.invokestatic(SUPPORT, name, MethodTypeDesc.of(VOID, scalar, SEGMENT, LONG));
    }
}

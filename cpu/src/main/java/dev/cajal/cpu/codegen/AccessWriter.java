package dev.cajal.cpu.codegen;

import static dev.cajal.cpu.codegen.Descriptors.*;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.Map;

/// Writes reads and writes of memory and of registers.
final class AccessWriter {
    private final CodeBuilder code;
    private final ValueWriter values;
    private final int frame;
    private final int count;
    private final int row;
    private final int memory;
    private final int offsets;
    private final int steps;
    /// Whether the memory of a port is cut out for each row.
    private final boolean cuts;
    /// The local variable with the memory of the current row, by port.
    private final Map<Integer, Integer> rows = new HashMap<>();

    /// @param frame the local variable of the frame
    /// @param count the local variable with the number of elements of a row
    /// @param row the local variable with the number of the row
    /// @param cuts whether the memory of a port is cut out for each row
    AccessWriter(CodeBuilder code, ValueWriter values, int frame, int count, int row, boolean cuts) {
        this.code = code;
        this.values = values;
        this.frame = frame;
        this.count = count;
        this.row = row;
        this.cuts = cuts;
        this.memory = code.allocateLocal(TypeKind.REFERENCE);
        this.offsets = code.allocateLocal(TypeKind.REFERENCE);
        this.steps = code.allocateLocal(TypeKind.REFERENCE);
    }

    /// Where a vector of a row begins. All but the last two are local variables.
    ///
    /// @param element the number of its first element
    /// @param bytes the same in bytes
    /// @param floatMask the lanes that are elements, for floats
    /// @param intMask the lanes that are elements, for ints
    /// @param masked whether there are lanes that are no elements
    record Place(int element, int bytes, int floatMask, int intMask, boolean masked) {
        /// Before the first element.
        static final Place NONE = new Place(-1, -1, -1, -1, false);

        int mask(LaneType lanes) {
            return lanes == LaneType.FLOAT ? floatMask : intMask;
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
    Place place(int first, int part, boolean masked) {
        int element = first;
        if (part > 0) {
            element = code.allocateLocal(TypeKind.INT);
            code.iload(first).loadConstant(part * values.lanes()).iadd().istore(element);
        }
        int bytes = code.allocateLocal(TypeKind.LONG);
        code.iload(element).i2l().iconst_2().lshl().lstore(bytes);
        if (!masked) {
            return new Place(element, bytes, -1, -1, false);
        }
        int floatMask = code.allocateLocal(TypeKind.REFERENCE);
        int intMask = code.allocateLocal(TypeKind.REFERENCE);
        values.species(LaneType.FLOAT);
        code.iload(element).iload(count);
        code.invokeinterface(SPECIES, "indexInRange", MethodTypeDesc.of(MASK, INT, INT)).astore(floatMask);
        code.aload(floatMask);
        values.species(LaneType.INT);
        callMask(code, "cast", SPECIES);
        code.astore(intMask);
        return new Place(element, bytes, floatMask, intMask, true);
    }

    /// Cuts the current row out of the memory of a port, if that is how it is done here.
    ///
    /// @param size bytes of an element
    void startRow(int port, int size) {
        if (!cuts || rows.containsKey(port)) {
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

    /// Puts a segment, and the byte in it where a vector of shorts begins, on the stack.
    private void pushHalf(int port, Place place) {
        if (cuts) {
            code.aload(row(port)).lload(place.bytes()).iconst_1().lshr();
        } else {
            pushMemory(port);
            pushOffset(port);
            code.lload(place.bytes()).iconst_1().lshr().ladd();
        }
    }

    private int row(int port) {
        Integer local = rows.get(port);
        if (local == null) {
            throw new AssertionError("port " + port + " was not cut");
        }
        return local;
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
        values.species(lanes);
        if (place.masked()) {
            code.aload(frame).loadConstant(port).lload(row).iload(place.element()).iload(count);
            code.invokestatic(SUPPORT, "tailMemory", MethodTypeDesc.of(SEGMENT, FRAME, INT, LONG, INT, INT));
            code.aload(frame).getfield(FRAME, "tailStart", LONG);
        } else {
            code.aload(row(port)).lload(place.bytes());
        }
        nativeOrder(code);
        create(code, vector(lanes), "fromMemorySegment", SPECIES, SEGMENT, LONG, BYTE_ORDER);
    }

    /// Takes a vector from the stack to memory.
    void store(int port, LaneType lanes, Place place) {
        if (place.masked()) {
            boolean floats = lanes == LaneType.FLOAT;
            code.aload(frame).getfield(FRAME, floats ? "lastFloats" : "lastInts", array(lanes)).iconst_0();
            code.invokevirtual(vector(lanes), "intoArray", MethodTypeDesc.of(VOID, array(lanes), INT));
            code.aload(frame).loadConstant(port).lload(row).iload(place.element()).iload(count)
                    .loadConstant(values.lanes());
            code.invokestatic(SUPPORT, floats ? "putFloats" : "putInts",
                    MethodTypeDesc.of(VOID, FRAME, INT, LONG, INT, INT, INT));
        } else {
            code.aload(row(port)).lload(place.bytes());
            nativeOrder(code);
            code.invokevirtual(vector(lanes), "intoMemorySegment", MethodTypeDesc.of(VOID, SEGMENT, LONG, BYTE_ORDER));
        }
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
        pushHalf(port, place);
        nativeOrder(code);
        if (place.masked()) {
            code.aload(place.floatMask());
            values.shortSpecies();
            callMask(code, "cast", SPECIES);
            code.invokevirtual(SHORTS, "intoMemorySegment", MethodTypeDesc.of(VOID, SEGMENT, LONG, BYTE_ORDER, MASK));
        } else {
            code.invokevirtual(SHORTS, "intoMemorySegment", MethodTypeDesc.of(VOID, SEGMENT, LONG, BYTE_ORDER));
        }
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

    void read(int target, LaneInstruction.Read read, Place place) {
        LaneType lanes = read.type() == LaneType.FLOAT ? LaneType.FLOAT : LaneType.INT;
        values.species(lanes);
        pushRegister(lanes, read.register());
        code.iload(place.element());
        if (place.masked()) {
            code.aload(place.mask(lanes));
            create(code, vector(lanes), "fromArray", SPECIES, array(lanes), INT, MASK);
        } else {
            create(code, vector(lanes), "fromArray", SPECIES, array(lanes), INT);
        }
        if (read.type() == LaneType.MASK) {
            values.broadcast(0);
            values.compare(INTS, "NE");
            values.popMask(target, LaneType.INT);
        } else {
            values.pop(target);
        }
    }

    void write(LaneEnding.Write write, Place place) {
        LaneType lanes = values.type(write.value()) == LaneType.FLOAT ? LaneType.FLOAT : LaneType.INT;
        values.pushNumbers(write.value());
        pushRegister(lanes, write.register());
        code.iload(place.element());
        if (place.masked()) {
            code.aload(place.mask(lanes));
            code.invokevirtual(vector(lanes), "intoArray", MethodTypeDesc.of(VOID, array(lanes), INT, MASK));
        } else {
            code.invokevirtual(vector(lanes), "intoArray", MethodTypeDesc.of(VOID, array(lanes), INT));
        }
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

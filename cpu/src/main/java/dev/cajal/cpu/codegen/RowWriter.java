package dev.cajal.cpu.codegen;

import static dev.cajal.cpu.codegen.Descriptors.*;

import dev.cajal.cpu.reduce.ReductionOrder;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.util.ArrayList;
import java.util.List;

/// Writes what happens to one row: what stays the same along it, its elements vector by vector, and its reductions.
///
/// Where a row is reduced, each step takes the sixteen virtual lanes, as several vectors if one is narrower than that. The memory of each port is
/// cut out for each row, so that its elements are counted from zero: the form of access for which the compiler best gets rid of range checks.
final class RowWriter {
    private final CodeBuilder code;
    private final LaneProgram program;
    private final Uses uses;
    private final ValueWriter values;
    private final InstructionWriter instructions;
    private final AccessWriter access;
    private final List<ReductionWriter> reductions = new ArrayList<>();
    private final int parts;

    /// @param frame the local variable of the frame
    /// @param count the local variable with the number of elements of a row
    /// @param row the local variable with the number of the row
    RowWriter(CodeBuilder code, LaneProgram program, int bits, int frame, int count, int row) {
        this.code = code;
        this.program = program;
        this.uses = new Uses(program);
        this.values = new ValueWriter(code, program, bits);
        this.instructions = new InstructionWriter(code, values);
        this.access = new AccessWriter(code, values, frame, count, row);
        this.parts = program.reduces() ? ReductionOrder.LANES / values.lanes() : 1;
        for (LaneEnding ending : program.endings()) {
            if (ending instanceof LaneEnding.Reduce reduce) {
                reductions
                        .add(new ReductionWriter(code, values, instructions, reduce, reductions.size(), parts, frame));
            }
        }
    }

    /// Elements per step of a row.
    int step() {
        return parts * values.lanes();
    }

    /// Writes what never changes.
    void constants() {
        access.start();
        write(Uses.Variance.CONSTANT, AccessWriter.Place.NONE);
    }

    /// Writes what is the same for a whole row.
    void startOfRow() {
        cutRows();
        write(Uses.Variance.ROW, AccessWriter.Place.NONE);
    }

    /// Writes what is the same for the last elements of a row.
    void startOfEdge() {
        write(Uses.Variance.ROW, AccessWriter.Place.NONE);
    }

    private void cutRows() {
        for (int i = 0; i < program.instructions().size(); i++) {
            if (uses.needed(i) && program.instructions().get(i) instanceof LaneInstruction.Load load) {
                access.cutRow(load.port(), Integer.BYTES);
            }
        }
        for (LaneEnding ending : program.endings()) {
            switch (ending) {
                case LaneEnding.Store store -> access.cutRow(store.port(), Integer.BYTES);
                case LaneEnding.StoreUpperHalf store -> access.cutRow(store.port(), Short.BYTES);
                case LaneEnding.Accumulate accumulate -> access.cutRow(accumulate.port(), Integer.BYTES);
                case LaneEnding.Write _, LaneEnding.Reduce _ -> {}
            }
        }
    }

    void startReductions() {
        reductions.forEach(ReductionWriter::start);
    }

    /// Writes the elements of one step.
    ///
    /// @param element the local variable with the number of the first one
    void elements(int element) {
        for (int part = 0; part < parts; part++) {
            AccessWriter.Place place = access.place(element, part, false);
            write(Uses.Variance.ELEMENT, place);
            int reduction = 0;
            for (LaneEnding ending : program.endings()) {
                if (ending instanceof LaneEnding.Reduce) {
                    reductions.get(reduction++).add(part);
                } else {
                    store(ending, place);
                }
            }
        }
    }

    /// Writes the elements that do not fill a step; what they give to reductions goes into the frame.
    void lastElements(int element) {
        for (int part = 0; part < parts; part++) {
            AccessWriter.Place place = access.place(element, part, true);
            write(Uses.Variance.ELEMENT, place);
            int reduction = 0;
            for (LaneEnding ending : program.endings()) {
                if (ending instanceof LaneEnding.Reduce) {
                    reductions.get(reduction++).saveTail(part, place);
                } else {
                    store(ending, place);
                }
            }
        }
    }

    /// Adds what the last elements gave to reductions.
    void addTail() {
        reductions.forEach(ReductionWriter::addTail);
    }

    void endReductions() {
        int reduction = 0;
        for (LaneEnding ending : program.endings()) {
            if (ending instanceof LaneEnding.Reduce reduce) {
                reductions.get(reduction++).fold();
                access.putScalar(reduce);
            }
        }
    }

    private void write(Uses.Variance variance, AccessWriter.Place place) {
        for (int i = 0; i < program.instructions().size(); i++) {
            if (uses.needed(i) && uses.variance(i) == variance) {
                write(i, place);
            }
        }
    }

    private void write(int target, AccessWriter.Place place) {
        var rotation = uses.rotation(target);
        if (rotation.isPresent()) {
            instructions.rotate(target, rotation.get());
            return;
        }
        switch (program.instructions().get(target)) {
            case LaneInstruction.Load load -> access.load(target, load, place);
            case LaneInstruction.LoadScalar load -> access.loadScalar(target, load);
            case LaneInstruction.LoadByte load -> access.loadByte(target, load);
            case LaneInstruction.Read read -> access.read(target, read, place);
            case LaneInstruction.Index index -> access.index(target, index, place, instructions);
            case LaneInstruction.Constant(LaneType type, int bits) -> {
                if (type == LaneType.FLOAT) {
                    values.broadcast(Float.intBitsToFloat(bits));
                } else {
                    values.broadcast(bits);
                }
                values.pop(target);
            }
            case LaneInstruction.Unary unary -> instructions.unary(target, unary);
            case LaneInstruction.Binary binary -> instructions.binary(target, binary);
            case LaneInstruction.Compare compare -> instructions.compare(target, compare);
            case LaneInstruction.Select select -> instructions.select(target, select);
            case LaneInstruction.Convert convert -> instructions.convert(target, convert);
            case LaneInstruction.Bitcast bitcast -> instructions.bitcast(target, bitcast);
            case LaneInstruction.RoundToBf16 round -> instructions.roundToBf16(target, round);
        }
    }

    private void store(LaneEnding ending, AccessWriter.Place place) {
        switch (ending) {
            case LaneEnding.Store(int port, int value) -> {
                values.push(value);
                access.store(port, values.type(value), place);
            }
            case LaneEnding.StoreUpperHalf(int port, int value) -> {
                values.push(value);
                access.storeUpperHalf(port, place);
            }
            case LaneEnding.Write write -> access.write(write, place);
            case LaneEnding.Accumulate(int port, var reducer, int value) -> {
                LaneType type = values.type(value);
                access.pushMemory(port, type, place);
                int before = code.allocateLocal(TypeKind.REFERENCE);
                code.astore(before);
                instructions.combine(type, reducer.combiner(), () -> code.aload(before), () -> values.push(value));
                access.store(port, type, place);
            }
            case LaneEnding.Reduce _ -> throw new AssertionError(ending);
        }
    }
}

package dev.cajal.cpu.codegen;

import static dev.cajal.cpu.codegen.Descriptors.*;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/// Writes the class of a [TileKernel]: loads all accumulators, goes along `k`, stores them.
///
/// The accumulators begin and end in an array on the heap and not in a memory segment, so that the method stays small enough for the JVM's first compiler (see decision 3).
final class TileWriter {
    private static final ClassDesc NAME = ClassDesc.of(TileWriter.class.getPackageName() + ".Tile");
    private static final ClassDesc TILE = ClassDesc.of(TileKernel.class.getName());
    private static final ClassDesc LAYOUT = ClassDesc.of("java.lang.foreign.ValueLayout");
    private static final ClassDesc FLOAT_LAYOUT = LAYOUT.nested("OfFloat");
    private static final MethodTypeDesc RUN_TILE = MethodTypeDesc.of(VOID, INT, SEGMENT, LONG, LONG, INT, SEGMENT, LONG,
            LONG, FLOAT_ARRAY);

    private final CodeBuilder code;
    private final TileShape shape;
    private final int bits;
    private final int k;
    private final int a;
    private final int aStart;
    private final int aStep;
    private final int rows;
    private final int b;
    private final int bStart;
    private final int bStep;
    private final int tile;
    private final int[][] accumulators;
    /// Where rows of A begin; where all of it begins if it is packed.
    private final int[] starts;

    private TileWriter(CodeBuilder code, TileShape shape, int bits) {
        this.code = code;
        this.shape = shape;
        this.bits = bits;
        this.k = code.parameterSlot(0);
        this.a = code.parameterSlot(1);
        this.aStart = code.parameterSlot(2);
        this.aStep = code.parameterSlot(3);
        this.rows = code.parameterSlot(4);
        this.b = code.parameterSlot(5);
        this.bStart = code.parameterSlot(6);
        this.bStep = code.parameterSlot(7);
        this.tile = code.parameterSlot(8);
        this.accumulators = new int[shape.rows()][shape.vectors()];
        this.starts = new int[packed() ? 1 : shape.rows()];
    }

    /// The class file.
    ///
    /// @param bits of a vector: 512, 256 or 128
    static byte[] write(TileShape shape, int bits) {
        return ClassFile.of()
                .build(NAME, kernel -> kernel.withFlags(ClassFile.ACC_FINAL)
                        .withInterfaceSymbols(TILE)
                        .withMethodBody(
                                ConstantDescs.INIT_NAME,
                                ConstantDescs.MTD_void,
                                ClassFile.ACC_PUBLIC,
                                code -> code.aload(0)
                                        .invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME,
                                                ConstantDescs.MTD_void)
                                        .return_())
                        .withMethodBody("run", RUN_TILE, ClassFile.ACC_PUBLIC,
                                code -> new TileWriter(code, shape, bits).write()));
    }

    private boolean packed() {
        return shape.operands() != TileShape.Operands.ROWS;
    }

    private int lanes() {
        return bits / Float.SIZE;
    }

    private void write() {
        int p = code.allocateLocal(TypeKind.INT);
        Label next = code.newLabel();
        Label end = code.newLabel();
        findStarts();
        loadAccumulators();
        code.iconst_0().istore(p);
        code.labelBinding(next).iload(p).iload(k).if_icmpge(end);
        step(p, end);
        code.iinc(p, 1).goto_(next);
        code.labelBinding(end);
        storeAccumulators();
        code.return_();
    }

    /// `starts[i] = a0 + min(i, last) * aStep`, so that rows that are not wanted are rows that there are.
    private void findStarts() {
        int last = code.allocateLocal(TypeKind.INT);
        code.iload(rows).iconst_1().isub().istore(last);
        for (int i = 0; i < starts.length; i++) {
            starts[i] = code.allocateLocal(TypeKind.LONG);
            code.lload(aStart);
            if (i > 0) {
                code.loadConstant(i).iload(last)
                        .invokestatic(MATH, "min", MethodTypeDesc.of(INT, INT, INT)).i2l()
                        .lload(aStep).lmul().ladd();
            }
            code.lstore(starts[i]);
        }
    }

    private void loadAccumulators() {
        for (int i = 0; i < shape.rows(); i++) {
            for (int j = 0; j < shape.vectors(); j++) {
                accumulators[i][j] = code.allocateLocal(TypeKind.REFERENCE);
                species();
                code.aload(tile).loadConstant(position(i, j));
                create(code, FLOATS, "fromArray", SPECIES, FLOAT_ARRAY, INT);
                code.astore(accumulators[i][j]);
            }
        }
    }

    private void storeAccumulators() {
        for (int i = 0; i < shape.rows(); i++) {
            for (int j = 0; j < shape.vectors(); j++) {
                code.aload(accumulators[i][j]).aload(tile).loadConstant(position(i, j));
                code.invokevirtual(FLOATS, "intoArray", MethodTypeDesc.of(VOID, FLOAT_ARRAY, INT));
            }
        }
    }

    private int position(int row, int vector) {
        return (row * shape.vectors() + vector) * lanes();
    }

    /// One step along `k`.
    ///
    /// Within a block of code the JVM's second compiler loads all numbers of A first, and if they, a row of B and the accumulators are more than there are registers, it keeps
    /// accumulators in memory: less than half as fast. So a step is cut into blocks, of as many rows as there are registers left, by exits that are never taken, since `p` is not negative;
    /// the compiler cannot know that, and accumulators must be ready for whoever leaves.
    ///
    /// @param end where the accumulators are stored
    private void step(int p, Label end) {
        int[] columns = new int[shape.vectors()];
        int row = code.allocateLocal(TypeKind.LONG);
        code.lload(bStart).iload(p).i2l();
        if (packed()) {
            code.loadConstant((long) shape.vectors() * bits / Byte.SIZE);
        } else {
            code.lload(bStep);
        }
        code.lmul().ladd().lstore(row);
        for (int j = 0; j < columns.length; j++) {
            columns[j] = code.allocateLocal(TypeKind.REFERENCE);
            species();
            code.aload(b).lload(row).loadConstant((long) j * bits / Byte.SIZE).ladd();
            nativeOrder(code);
            create(code, FLOATS, "fromMemorySegment", SPECIES, SEGMENT, LONG, BYTE_ORDER);
            code.astore(columns[j]);
        }
        int factor = code.allocateLocal(TypeKind.REFERENCE);
        for (int i = 0; i < shape.rows(); i++) {
            if (i > 0 && i % shape.rowsAtOnce() == 0) {
                code.iload(p).iload(rows).ineg().loadConstant(i).isub().if_icmpeq(end);
            }
            species();
            element(i, p);
            create(code, FLOATS, "broadcast", SPECIES, FLOAT);
            code.astore(factor);
            for (int j = 0; j < columns.length; j++) {
                code.aload(factor).aload(columns[j]).aload(accumulators[i][j]);
                call(code, FLOATS, "fma", VECTOR, VECTOR);
                code.astore(accumulators[i][j]);
            }
        }
    }

    /// Puts `a[i][p]` on the stack.
    private void element(int i, int p) {
        boolean stripes = shape.operands() == TileShape.Operands.STRIPES;
        int step = stripes ? shape.step() * Float.BYTES : Float.BYTES;
        int within = !packed() ? 0 : i * (stripes ? 1 : shape.step()) * Float.BYTES;
        code.aload(a).getstatic(LAYOUT, "JAVA_FLOAT_UNALIGNED", FLOAT_LAYOUT);
        code.lload(starts[packed() ? 0 : i]).iload(p).i2l().loadConstant((long) step).lmul().ladd()
                .loadConstant((long) within)
                .ladd();
        code.invokeinterface(SEGMENT, "get", MethodTypeDesc.of(FLOAT, FLOAT_LAYOUT, LONG));
    }

    private void species() {
        code.getstatic(FLOATS, "SPECIES_" + bits, SPECIES);
    }
}

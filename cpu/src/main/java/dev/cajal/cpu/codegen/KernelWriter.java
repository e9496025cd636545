package dev.cajal.cpu.codegen;

import static dev.cajal.cpu.codegen.Descriptors.*;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;

/// Writes the class of a [LaneKernel].
///
/// It has two methods: `run` goes over rows and over the whole vectors of each; `tail` does the elements at the end of a row that do not fill
/// a vector. Two, so that each stays small enough for the compiler.
final class KernelWriter {
    private static final ClassDesc NAME = ClassDesc.of(KernelWriter.class.getPackageName() + ".Kernel");
    private static final String TAIL = "tail";
    private static final int PRIVATE_STATIC = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC;

    private KernelWriter() {}

    /// The class file.
    ///
    /// @param bits of a vector: 512, 256 or 128
    static byte[] write(LaneProgram program, int bits) {
        return ClassFile.of()
                .build(NAME, kernel -> kernel.withFlags(ClassFile.ACC_FINAL)
                        .withInterfaceSymbols(KERNEL)
                        .withMethodBody(
                                ConstantDescs.INIT_NAME,
                                ConstantDescs.MTD_void,
                                ClassFile.ACC_PUBLIC,
                                code -> code.aload(0)
                                        .invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME,
                                                ConstantDescs.MTD_void)
                                        .return_())
                        .withMethodBody("run", RUN, ClassFile.ACC_PUBLIC, code -> run(code, program, bits))
                        .withMethodBody(TAIL, RUN, PRIVATE_STATIC, code -> tail(code, program, bits)));
    }

    private static void run(CodeBuilder code, LaneProgram program, int bits) {
        int frame = code.parameterSlot(0);
        int rows = code.parameterSlot(1);
        int count = code.parameterSlot(2);
        int row = code.allocateLocal(TypeKind.LONG);
        int whole = code.allocateLocal(TypeKind.INT);
        int element = code.allocateLocal(TypeKind.INT);
        RowWriter writer = new RowWriter(code, program, bits, frame, count, row);
        Label nextRow = code.newLabel();
        Label end = code.newLabel();
        Label nextElements = code.newLabel();
        Label endOfRow = code.newLabel();
        Label noTail = code.newLabel();

        code.iload(count).loadConstant(-writer.step()).iand().istore(whole);
        writer.constants();
        code.lconst_0().lstore(row);
        code.labelBinding(nextRow).lload(row).lload(rows).lcmp().ifge(end);
        writer.startOfRow();
        writer.startReductions();
        code.iconst_0().istore(element);
        code.labelBinding(nextElements).iload(element).iload(whole).if_icmpge(endOfRow);
        writer.elements(element);
        code.iinc(element, writer.step()).goto_(nextElements);
        code.labelBinding(endOfRow).iload(whole).iload(count).if_icmpge(noTail);
        code.aload(frame).lload(row).iload(count).invokestatic(NAME, TAIL, RUN);
        writer.addTail();
        code.labelBinding(noTail);
        writer.endReductions();
        code.lload(row).lconst_1().ladd().lstore(row).goto_(nextRow);
        code.labelBinding(end).return_();
    }

    private static void tail(CodeBuilder code, LaneProgram program, int bits) {
        int frame = code.parameterSlot(0);
        int row = code.parameterSlot(1);
        int count = code.parameterSlot(2);
        int element = code.allocateLocal(TypeKind.INT);
        RowWriter writer = new RowWriter(code, program, bits, frame, count, row);
        writer.constants();
        writer.startOfEdge();
        code.iload(count).loadConstant(-writer.step()).iand().istore(element);
        writer.lastElements(element);
        code.return_();
    }
}

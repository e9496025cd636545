package dev.cajal.cpu.codegen;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// A static method that is a straight line of vector operations, to be written into a kernel instead of a call.
///
/// Whether the compiler takes a call into a loop depends on chance: not if it has compiled the method by itself before, nor if the loop is large already.
/// Where it does not, the vectors that go in and come out are objects, and the loop is ten times slower. Only what the JDK marks for it, the Vector API's own
/// methods, is taken in always; so a kernel calls nothing else.
final class StraightLine {
    private static final Map<Method, Optional<StraightLine>> KNOWN = new ConcurrentHashMap<>();

    private final Method method;
    private final List<Instruction> instructions;

    private StraightLine(Method method, List<Instruction> instructions) {
        this.method = method;
        this.instructions = instructions;
    }

    private record Method(ClassDesc owner, String name, MethodTypeDesc type) {
        static Method of(InvokeInstruction call) {
            return new Method(call.owner().asSymbol(), call.name().stringValue(), call.typeSymbol());
        }
    }

    /// Leaves the result of a method on the stack, whose arguments are there: by its instructions if it is a straight line, by a call if not.
    static void invoke(CodeBuilder code, ClassDesc owner, String name, MethodTypeDesc type) {
        find(new Method(owner, name, type)).ifPresentOrElse(line -> line.write(code),
                () -> code.invokestatic(owner, name, type));
    }

    private static Optional<StraightLine> find(Method method) {
        Optional<StraightLine> known = KNOWN.get(method);
        if (known == null) {
            known = code(method).map(code -> instructions(code))
                    .filter(instructions -> isStraight(method.owner, instructions))
                    .map(instructions -> new StraightLine(method, instructions));
            KNOWN.put(method, known);
        }
        return known;
    }

    private static Optional<CodeModel> code(Method method) {
        return classFile(method.owner).flatMap(file -> file.methods().stream()
                .filter(each -> each.methodName().equalsString(method.name)
                        && each.methodTypeSymbol().equals(method.type))
                .findFirst().flatMap(MethodModel::code));
    }

    private static Optional<ClassModel> classFile(ClassDesc type) {
        String file = "/" + type.packageName().replace('.', '/') + "/" + type.displayName() + ".class";
        try (InputStream in = StraightLine.class.getResourceAsStream(file)) {
            return in == null ? Optional.empty() : Optional.of(ClassFile.of().parse(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static List<Instruction> instructions(CodeModel code) {
        return code.elementStream().filter(Instruction.class::isInstance).map(Instruction.class::cast).toList();
    }

    private static boolean isStraight(ClassDesc owner, List<Instruction> instructions) {
        return instructions.subList(0, instructions.size() - 1).stream().allMatch(instruction -> switch (instruction) {
            case BranchInstruction _, ReturnInstruction _, ThrowInstruction _ -> false;
            case InvokeInstruction call -> !isOwn(owner, call) || find(Method.of(call)).isPresent();
            default -> true;
        }) && instructions.getLast() instanceof ReturnInstruction;
    }

    private static boolean isOwn(ClassDesc owner, InvokeInstruction call) {
        return call.owner().asSymbol().equals(owner);
    }

    private void write(CodeBuilder code) {
        Map<Slot, Integer> locals = new HashMap<>();
        List<ClassDesc> parameters = method.type.parameterList();
        for (int i = parameters.size() - 1; i >= 0; i--) {
            TypeKind kind = TypeKind.from(parameters.get(i));
            code.storeLocal(kind, local(code, locals, slotOf(parameters, i), kind));
        }
        for (CodeElement element : instructions) {
            switch (element) {
                case LoadInstruction load ->
                    code.loadLocal(load.typeKind(), local(code, locals, load.slot(), load.typeKind()));
                case StoreInstruction store ->
                    code.storeLocal(store.typeKind(), local(code, locals, store.slot(), store.typeKind()));
                case IncrementInstruction add ->
                    code.iinc(local(code, locals, add.slot(), TypeKind.INT), add.constant());
                case InvokeInstruction call when isOwn(method.owner, call) ->
                    find(Method.of(call)).orElseThrow().write(code);
                case ReturnInstruction _ -> {}
                default -> code.with(element);
            }
        }
    }

    /// A local variable of the method.
    private record Slot(int number, TypeKind kind) {}

    private static int local(CodeBuilder code, Map<Slot, Integer> locals, int number, TypeKind kind) {
        return locals.computeIfAbsent(new Slot(number, kind), slot -> code.allocateLocal(slot.kind));
    }

    private static int slotOf(List<ClassDesc> parameters, int number) {
        return parameters.subList(0, number).stream().mapToInt(type -> TypeKind.from(type).slotSize()).sum();
    }
}

package dev.cajal.cpu.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.cpu.reduce.ReductionOrder;
import dev.cajal.ir.Reducer;
import dev.cajal.ir.UnaryKind;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodRefEntry;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaneKernelsTest {
    private static final float[] EXTREMES = {0f, -0f, 1f, -1f, Float.NaN, Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY, Float.MIN_VALUE, -1e-40f, Float.MAX_VALUE, 1e30f, -88f, 88.5f, 0.5f, 1.5f, 2.5f,
        100_000f, 8_388_609f};
    private static final int[] COUNTS = {0, 1, 3, 4, 7, 8, 15, 16, 17, 31, 33, 48, 64, 100};

    @ParameterizedTest
    @ValueSource(ints = {128, 256, 512})
    void randomProgramsHaveTheBitsOfTheInterpreter(int bits) {
        var random = new SplittableRandom(bits);
        for (int i = 0; i < 60; i++) {
            LaneProgram program = RandomLanePrograms.next(random, 4 + random.nextInt(20));
            for (int j = 0; j < 3; j++) {
                compare(program, bits, random.nextInt(4), COUNTS[random.nextInt(COUNTS.length)], random);
            }
        }
    }

    private static void compare(LaneProgram program, int bits, int rows, int count, RandomGenerator random) {
        try (Arena arena = Arena.ofShared()) {
            LaneFrame expected = frame(program, rows, count, random, arena);
            LaneFrame actual = copy(expected, arena);
            new LaneInterpreter(program).run(expected, rows, count);
            LaneKernels.of(program, bits).run(actual, rows, count);
            for (LaneEnding ending : program.endings()) {
                boolean floats = program.type(ending.value()) == LaneType.FLOAT;
                String what = program + ", " + ending + ", " + rows + " rows of " + count + " at " + bits;
                switch (ending) {
                    case LaneEnding.Store(int port, _) -> assertSame(expected, actual, port, floats, what);
                    case LaneEnding.StoreUpperHalf(int port, _) ->
                        assertThat(actual.memory[port].mismatch(expected.memory[port])).as(what).isEqualTo(-1);
                    case LaneEnding.Accumulate(int port, _, _) -> assertSame(expected, actual, port, floats, what);
                    case LaneEnding.Reduce(int port, _, _) -> assertSame(expected, actual, port, floats, what);
                    case LaneEnding.Write(int register, _) -> {
                        if (floats) {
                            assertThat(Arrays.copyOf(actual.floats[register], count)).as(what)
                                    .isEqualTo(Arrays.copyOf(expected.floats[register], count));
                        } else {
                            assertThat(Arrays.copyOf(actual.ints[register], count)).as(what)
                                    .isEqualTo(Arrays.copyOf(expected.ints[register], count));
                        }
                    }
                }
            }
        }
    }

    private static void assertSame(LaneFrame expected, LaneFrame actual, int port, boolean floats, String what) {
        assertThat(LaneInterpreter.same(expected.memory[port], actual.memory[port], floats)).as(what).isTrue();
    }

    /// Rows that are a little apart, begin anywhere, and now and then are all the same one.
    private static LaneFrame frame(LaneProgram program, int rows, int count, RandomGenerator random, Arena arena) {
        int registers = RandomLanePrograms.REGISTERS + 4;
        int length = Math.ceilDiv(count, ReductionOrder.LANES) * ReductionOrder.LANES;
        LaneFrame frame = new LaneFrame(program.ports(), new float[registers][length], new int[registers][length]);
        for (int port = 0; port < frame.memory.length; port++) {
            long step = program.isNumber(port) ? random.nextInt(-5, 5) : 4L * (count + random.nextInt(3) + 1);
            frame.steps[port] = random.nextInt(3) == 0 ? 0 : step;
            frame.offsets[port] = program.isNumber(port) ? random.nextInt(100) : 4L * random.nextInt(5);
            long bytes = 4L * (5 + (count + 4L) * Math.max(1, rows));
            frame.memory[port] = arena.allocate(bytes, 64);
            for (long at = 0; at < bytes; at += 4) {
                frame.memory[port].set(ValueLayout.JAVA_INT, at, element(program, port, random));
            }
        }
        for (int register = 0; register < registers; register++) {
            for (int i = 0; i < count; i++) {
                frame.floats[register][i] = number(random);
                frame.ints[register][i] = register == 0 ? random.nextInt() : random.nextInt(2);
            }
        }
        return frame;
    }

    private static int element(LaneProgram program, int port, RandomGenerator random) {
        boolean ints = program.instructions().stream().anyMatch(instruction -> switch (instruction) {
            case LaneInstruction.Load(LaneType type, int p) -> p == port && type == LaneType.INT;
            case LaneInstruction.LoadScalar(LaneType type, int p) -> p == port && type == LaneType.INT;
            case LaneInstruction.LoadByte(LaneType type, int p) -> p == port;
            default -> false;
        });
        if (ints) {
            return random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(-40, 40);
        }
        return Float.floatToRawIntBits(number(random));
    }

    private static float number(RandomGenerator random) {
        return random.nextInt(4) == 0
                ? EXTREMES[random.nextInt(EXTREMES.length)]
                : (float) random.nextGaussian() * (random.nextBoolean() ? 1 : 50);
    }

    private static LaneFrame copy(LaneFrame frame, Arena arena) {
        float[][] floats = frame.floats.clone();
        int[][] ints = frame.ints.clone();
        for (int i = 0; i < floats.length; i++) {
            floats[i] = floats[i].clone();
            ints[i] = ints[i].clone();
        }
        LaneFrame copy = new LaneFrame(frame.memory.length, floats, ints);
        for (int port = 0; port < frame.memory.length; port++) {
            MemorySegment memory = frame.memory[port];
            copy.memory[port] = arena.allocate(memory.byteSize(), 64).copyFrom(memory);
            copy.offsets[port] = frame.offsets[port];
            copy.steps[port] = frame.steps[port];
        }
        return copy;
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(ints = {128, 256, 512})
    void aWarmKernelHasTheBitsOfAColdOne(int bits) {
        var p = new ProgramBuilder();
        int x = p.load();
        int y = p.unary(UnaryKind.TANH, p.times(x, p.scalar()));
        LaneProgram program = p.store(y).reduce(Reducer.SUM, y).reduce(Reducer.MIN, y).build();
        var random = new SplittableRandom(7);
        compare(program, bits, 3, 77, random);
        // Whether it is compiled by then is the machine's affair: the bits have to be the same either way.
        LaneTrial trial = LaneTrial.of(program);
        for (int i = 0; i < 2000; i++) {
            trial.run(LaneKernels.of(program, bits));
        }
        compare(program, bits, 3, 77, random);
        compare(program, bits, 1, 640, random);
    }

    @Test
    void equalProgramsShareAKernel() {
        var p = new ProgramBuilder();
        p.store(p.load());
        var q = new ProgramBuilder();
        q.store(q.load());
        assertThat(LaneKernels.of(p.build(), 128)).isSameAs(LaneKernels.of(q.build(), 128))
                .isNotSameAs(LaneKernels.of(q.build(), 256));
    }

    @Test
    void noKernelCallsWhatDependsOnTheMachine() {
        var random = new SplittableRandom(3);
        for (int i = 0; i < 200; i++) {
            byte[] kernel = KernelWriter.write(RandomLanePrograms.next(random, 30), 512);
            for (var entry : ClassFile.of().parse(kernel).constantPool()) {
                if (entry instanceof MemberRefEntry member) {
                    assertThat(member.name().stringValue()).doesNotStartWith("reduceLanes");
                    if (member.owner().asInternalName().equals("jdk/incubator/vector/VectorOperators")) {
                        assertThat(member.name().stringValue()).isIn("XOR", "LSHL", "LSHR", "ASHR", "ROL", "EQ", "NE",
                                "LT", "LE", "GT", "GE", "F2I", "I2F", "I2S", "OR", "FMA");
                    }
                }
            }
        }
    }

    @Test
    void functionsAreWrittenIntoTheLoop() {
        for (UnaryKind kind : UnaryKind.values()) {
            if (kind != UnaryKind.NOT && kind != UnaryKind.IS_FINITE) {
                var p = new ProgramBuilder();
                LaneProgram program = p.reduce(Reducer.MAX, p.unary(kind, p.load())).build();
                // Those of angles branch, for large ones.
                boolean call = kind == UnaryKind.SIN || kind == UnaryKind.COS || kind == UnaryKind.TAN;
                assertThat(calls(KernelWriter.write(program, 512))).as(kind.name())
                        .isEqualTo(call ? Set.of("VectorMath") : Set.of());
            }
        }
    }

    /// The classes of Cajal that a kernel gives vectors to.
    private static Set<String> calls(byte[] kernel) {
        Set<String> owners = new TreeSet<>();
        for (var entry : ClassFile.of().parse(kernel).constantPool()) {
            if (entry instanceof MethodRefEntry method && method.type().stringValue().contains("Vector;")
                    && !method.owner().asInternalName().startsWith("jdk/incubator/vector/")) {
                owners.add(method.owner().asSymbol().displayName());
            }
        }
        return owners;
    }

    @Test
    void methodsStaySmall() {
        var random = new SplittableRandom(5);
        for (int i = 0; i < 50; i++) {
            LaneProgram program = RandomLanePrograms.next(random, LaneProgram.MOST_WEIGHT);
            if (program.weight(128) <= LaneProgram.MOST_WEIGHT) {
                ClassFile.of().parse(KernelWriter.write(program, 128)).methods()
                        .forEach(method -> assertThat(method.findAttribute(Attributes.code())
                                .orElseThrow().codeLength()).isLessThan(8000));
            }
        }
    }

    @Test
    void thereIsALimitToReductions() {
        var p = new ProgramBuilder();
        int x = p.load();
        for (int i = 0; i <= LaneProgram.MOST_REDUCTIONS; i++) {
            p.reduce(Reducer.SUM, x);
        }
        assertThatThrownBy(p::build).isInstanceOf(IllegalArgumentException.class);
    }
}

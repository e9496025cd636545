package dev.cajal.onednn;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.cajal.type.CajalException;
import dev.cajal.type.Phrase;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.NoSuchElementException;

/// The functions of oneDNN's [C interface](https://uxlfoundation.github.io/oneDNN/) that products need. Handles are addresses.
@SuppressWarnings("restricted") // What a library of C is for.
final class Native {
    static final int BF16 = 2;
    static final int F32 = 3;
    static final int ARGUMENT_SOURCE = 1;
    static final int ARGUMENT_DESTINATION = 17;
    static final int ARGUMENT_WEIGHTS = 33;
    static final int ARGUMENT_SCRATCHPAD = 80;
    /// Bytes of a `dnnl_exec_arg_t`: an int, four bytes of nothing, an address.
    static final int ARGUMENT_BYTES = 16;

    private static final int CPU = 1;
    private static final int USER_SCRATCHPAD = 1;
    private static final int QUERY_SCRATCHPAD = 136;
    private static final int QUERY_NAME = 8;

    private final SymbolLookup symbols;
    private final MethodHandle engineCreate;
    private final MethodHandle streamCreate;
    private final MethodHandle streamDestroy;
    private final MethodHandle attributesCreate;
    private final MethodHandle attributesScratchpad;
    private final MethodHandle describe;
    private final MethodHandle describeDestroy;
    private final MethodHandle size;
    private final MethodHandle matmulCreate;
    private final MethodHandle matmulDestroy;
    private final MethodHandle query;
    private final MethodHandle queryMemory;
    private final MethodHandle primitiveCreate;
    private final MethodHandle primitiveDestroy;
    private final MethodHandle memoryCreate;
    private final MethodHandle memoryHandle;
    private final MethodHandle memoryDestroy;
    private final MethodHandle execute;
    private final MethodHandle threads;

    private Native(SymbolLookup symbols) {
        this.symbols = symbols;
        this.engineCreate = function("dnnl_engine_create", ADDRESS, JAVA_INT, JAVA_LONG);
        this.streamCreate = function("dnnl_stream_create", ADDRESS, JAVA_LONG, JAVA_INT);
        this.streamDestroy = function("dnnl_stream_destroy", JAVA_LONG);
        this.attributesCreate = function("dnnl_primitive_attr_create", ADDRESS);
        this.attributesScratchpad = function("dnnl_primitive_attr_set_scratchpad_mode", JAVA_LONG, JAVA_INT);
        this.describe = function("dnnl_memory_desc_create_with_strides", ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
        this.describeDestroy = function("dnnl_memory_desc_destroy", JAVA_LONG);
        this.size = handle("dnnl_memory_desc_get_size", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
        this.matmulCreate = function("dnnl_matmul_primitive_desc_create", ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                JAVA_LONG, JAVA_LONG, JAVA_LONG);
        this.matmulDestroy = function("dnnl_primitive_desc_destroy", JAVA_LONG);
        this.query = function("dnnl_primitive_desc_query", JAVA_LONG, JAVA_INT, JAVA_INT, ADDRESS);
        this.queryMemory = handle("dnnl_primitive_desc_query_md",
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT));
        this.primitiveCreate = function("dnnl_primitive_create", ADDRESS, JAVA_LONG);
        this.primitiveDestroy = function("dnnl_primitive_destroy", JAVA_LONG);
        this.memoryCreate = function("dnnl_memory_create", ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG);
        this.memoryHandle = function("dnnl_memory_set_data_handle", JAVA_LONG, JAVA_LONG);
        this.memoryDestroy = function("dnnl_memory_destroy", JAVA_LONG);
        this.execute = function("dnnl_primitive_execute", JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS);
        this.threads = handle("omp_set_num_threads", FunctionDescriptor.ofVoid(JAVA_INT));
    }

    /// Loads the library, for as long as the process lives.
    ///
    /// @throws NativeException if the system cannot load it, or it is not oneDNN 3
    static Native load(Path library) {
        try {
            return new Native(SymbolLookup.libraryLookup(library, Arena.global()));
        } catch (IllegalArgumentException | NoSuchElementException cause) {
            throw new NativeException(Phrase.of("onednn.load",
                    "%s cannot be loaded. It has to be oneDNN 3 with OpenMP, and needs glibc and libstdc++.so.6 (%s)",
                    library,
                    String.valueOf(cause.getMessage())));
        }
    }

    /// A function that returns a status.
    private MethodHandle function(String name, MemoryLayout... arguments) {
        return handle(name, FunctionDescriptor.of(JAVA_INT, arguments));
    }

    private MethodHandle handle(String name, FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(
                symbols.find(name).orElseThrow(() -> new NoSuchElementException("no function " + name)), descriptor);
    }

    /// A call of a function of C.
    @FunctionalInterface
    private interface Call<R> {
        R run() throws Throwable;
    }

    private static <R> R call(Call<R> call) {
        try {
            return call.run();
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            // Functions of C throw nothing.
            throw new AssertionError(impossible);
        }
    }

    /// Calls a function that writes a handle to its first argument.
    @FunctionalInterface
    private interface Maker {
        int make(MemorySegment result) throws Throwable;
    }

    private static long make(String function, Maker maker) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment result = arena.allocate(JAVA_LONG);
            require(function, call(() -> maker.make(result)));
            return result.get(JAVA_LONG, 0);
        }
    }

    private static void require(String function, int status) {
        if (status != 0) {
            throw new CajalException("onednn.status",
                    "oneDNN failed: %s gave status %s. Without the module dev.cajal.onednn products are computed in Java.",
                    function, status);
        }
    }

    /// What the processor has, as bits of `dnnl_cpu_isa_t`.
    int instructions() {
        MethodHandle isa = handle("dnnl_get_effective_cpu_isa", FunctionDescriptor.of(JAVA_INT));
        return call(() -> (int) isa.invokeExact());
    }

    /// `3.13.0`.
    String version() {
        MethodHandle version = handle("dnnl_version", FunctionDescriptor.of(ADDRESS));
        MemorySegment numbers = call(() -> (MemorySegment) version.invokeExact()).reinterpret(12);
        return numbers.getAtIndex(JAVA_INT, 0) + "." + numbers.getAtIndex(JAVA_INT, 1) + "."
                + numbers.getAtIndex(JAVA_INT, 2);
    }

    /// From now on oneDNN's work on this thread stays on this thread.
    void useThisThreadOnly() {
        call(() -> {
            threads.invokeExact(1);
            return 0;
        });
    }

    long engine() {
        return make("dnnl_engine_create", result -> (int) engineCreate.invokeExact(result, CPU, 0L));
    }

    long stream(long engine) {
        return make("dnnl_stream_create", result -> (int) streamCreate.invokeExact(result, engine, 0));
    }

    /// Settings of a primitive whose scratchpad the caller brings.
    long attributes() {
        long attributes = make("dnnl_primitive_attr_create", result -> (int) attributesCreate.invokeExact(result));
        require("dnnl_primitive_attr_set_scratchpad_mode",
                call(() -> (int) attributesScratchpad.invokeExact(attributes, USER_SCRATCHPAD)));
        return attributes;
    }

    /// A matrix: type, lengths and steps.
    long matrix(int type, long rows, long columns, long rowStep, long columnStep) {
        try (Arena arena = Arena.ofConfined()) {
            // Arrays of dnnl_dims_t have room for 12.
            MemorySegment lengths = arena.allocate(JAVA_LONG, 12);
            MemorySegment steps = arena.allocate(JAVA_LONG, 12);
            lengths.setAtIndex(JAVA_LONG, 0, rows);
            lengths.setAtIndex(JAVA_LONG, 1, columns);
            steps.setAtIndex(JAVA_LONG, 0, rowStep);
            steps.setAtIndex(JAVA_LONG, 1, columnStep);
            return make("dnnl_memory_desc_create_with_strides",
                    result -> (int) describe.invokeExact(result, 2, lengths, type, steps));
        }
    }

    long bytes(long matrix) {
        return call(() -> (long) size.invokeExact(matrix));
    }

    /// The description of a product.
    long matmul(long engine, long a, long b, long c, long attributes) {
        return make("dnnl_matmul_primitive_desc_create",
                result -> (int) matmulCreate.invokeExact(result, engine, a, b, 0L, c, attributes));
    }

    /// The description of the scratchpad that a product needs; it belongs to the product's.
    long scratchpad(long matmul) {
        return call(() -> (long) queryMemory.invokeExact(matmul, QUERY_SCRATCHPAD, 0));
    }

    /// Which of oneDNN's implementations it is.
    String implementation(long matmul) {
        long address = make("dnnl_primitive_desc_query",
                result -> (int) query.invokeExact(matmul, QUERY_NAME, 0, result));
        return MemorySegment.ofAddress(address).reinterpret(256).getString(0);
    }

    long primitive(long matmul) {
        return make("dnnl_primitive_create", result -> (int) primitiveCreate.invokeExact(result, matmul));
    }

    long memory(long matrix, long engine, long address) {
        return make("dnnl_memory_create",
                result -> (int) memoryCreate.invokeExact(result, matrix, engine, address));
    }

    /// Aims a memory object at other elements.
    void aim(long memory, long address) {
        require("dnnl_memory_set_data_handle", call(() -> (int) memoryHandle.invokeExact(memory, address)));
    }

    void run(long primitive, long stream, int count, MemorySegment arguments) {
        require("dnnl_primitive_execute",
                call(() -> (int) execute.invokeExact(primitive, stream, count, arguments)));
    }

    void destroyStream(long stream) {
        call(() -> (int) streamDestroy.invokeExact(stream));
    }

    void destroyMatrix(long matrix) {
        call(() -> (int) describeDestroy.invokeExact(matrix));
    }

    void destroyMatmul(long matmul) {
        call(() -> (int) matmulDestroy.invokeExact(matmul));
    }

    void destroyPrimitive(long primitive) {
        call(() -> (int) primitiveDestroy.invokeExact(primitive));
    }

    void destroyMemory(long memory) {
        call(() -> (int) memoryDestroy.invokeExact(memory));
    }

    /// An entry of the list of arguments of a run.
    static void argument(MemorySegment arguments, int position, int argument, long memory) {
        long at = (long) position * ARGUMENT_BYTES;
        arguments.set(ValueLayout.JAVA_INT, at, argument);
        arguments.set(JAVA_LONG, at + 8, memory);
    }
}

package dev.cajal.cpu.attention;

import dev.cajal.autodiff.Gradients;
import dev.cajal.backend.Buffer;
import dev.cajal.backend.CompileOptions;
import dev.cajal.cpu.run.CpuBackend;
import dev.cajal.ir.Attention;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.memory.HostBuffer;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// Attention and its gradient, for several blocks of keys and queries and for few, by the kernels that are in force.
public final class AttentionFingerprint {
    private AttentionFingerprint() {}

    /// What is attended to, and how.
    record Shape(int batch, int queries, int keys, int heads, int groups, int size, boolean causal, boolean masked) {
        TensorType query() {
            return TensorType.of(DType.F32, batch, queries, heads, size);
        }

        TensorType key() {
            return TensorType.of(DType.F32, batch, keys, groups, size);
        }

        /// Of queries, keys, values, cotangent and what is present: what is gathered, and the gradients by the first three.
        Graph graph() {
            Value q = Ops.parameter(query(), "q");
            Value k = Ops.parameter(key(), "k");
            Value v = Ops.parameter(key(), "v");
            Value g = Ops.parameter(query(), "g");
            List<Value> parameters = new ArrayList<>(List.of(q, k, v, g));
            Optional<Value> present = masked
                    ? Optional.of(Ops.parameter(TensorType.of(DType.BOOL, batch, keys), "present"))
                    : Optional.empty();
            present.ifPresent(parameters::add);
            Value gathered = Attention.apply(q, k, v, present, causal);
            List<Value> results = new ArrayList<>(List.of(gathered));
            results.addAll(Gradients.of(List.of(gathered), List.of(g), List.of(q, k, v)));
            return Graph.of(parameters, results);
        }

        /// Numbers between -2 and 2. Of the keys of the first item none is present, of the others most.
        List<HostBuffer> arguments(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            List<HostBuffer> arguments = new ArrayList<>();
            for (TensorType type : List.of(query(), key(), key(), query())) {
                HostBuffer buffer = HostBuffer.allocate(type);
                for (long i = 0; i < type.size(); i++) {
                    buffer.segment().setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextDouble(-2, 2));
                }
                arguments.add(buffer);
            }
            if (masked) {
                HostBuffer present = HostBuffer.allocate(TensorType.of(DType.BOOL, batch, keys));
                for (long i = 0; i < present.type().size(); i++) {
                    present.segment().set(ValueLayout.JAVA_BYTE, i,
                            (byte) (i >= keys && random.nextInt(4) > 0 ? 1 : 0));
                }
                arguments.add(present);
            }
            return arguments;
        }
    }

    public static long compute() {
        long hash = 0;
        for (Shape shape : List.of(new Shape(1, 70, 70, 4, 2, 20, true, false),
                new Shape(2, 5, 600, 1, 1, 9, false, true),
                new Shape(1, 1250, 1250, 2, 1, 5, true, true))) {
            List<Buffer> results = new CpuBackend().compile(shape.graph(), CompileOptions.DEFAULT)
                    .run(List.copyOf(shape.arguments(7)));
            for (Buffer result : results) {
                for (float value : ((HostBuffer) result).segment().toArray(ValueLayout.JAVA_FLOAT)) {
                    hash = 31 * hash + Float.floatToIntBits(value);
                }
            }
        }
        return hash;
    }
}

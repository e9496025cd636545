package dev.cajal.reference;

import dev.cajal.backend.Buffer;
import dev.cajal.backend.CompileOptions;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Literal;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.memory.HostBuffer;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Short ways to run an operation on a few numbers.
final class Running {
    private Running() {}

    static HostBuffer buffer(TensorType type, double... numbers) {
        HostBuffer buffer = HostBuffer.allocate(type);
        Elements elements = Elements.of(Literal.of(type, numbers));
        elements.write(buffer.segment());
        return buffer;
    }

    /// Of one dimension.
    static HostBuffer buffer(DType dtype, double... numbers) {
        return buffer(TensorType.of(dtype, numbers.length), numbers);
    }

    static HostBuffer longs(long... numbers) {
        HostBuffer buffer = HostBuffer.allocate(TensorType.of(DType.I64, numbers.length));
        for (int i = 0; i < numbers.length; i++) {
            buffer.segment().setAtIndex(ValueLayout.JAVA_LONG, i, numbers[i]);
        }
        return buffer;
    }

    static HostBuffer floats(float... numbers) {
        HostBuffer buffer = HostBuffer.allocate(TensorType.of(DType.F32, numbers.length));
        for (int i = 0; i < numbers.length; i++) {
            buffer.segment().setAtIndex(ValueLayout.JAVA_FLOAT, i, numbers[i]);
        }
        return buffer;
    }

    static float[] floats(Buffer buffer) {
        return HostBuffer.of(buffer).segment().toArray(ValueLayout.JAVA_FLOAT);
    }

    static double[] numbers(Buffer buffer) {
        Elements elements = Elements.read(buffer.type(), HostBuffer.of(buffer).segment());
        double[] numbers = new double[elements.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Literal.decode(buffer.type().dtype(), elements.bitsAt(i));
        }
        return numbers;
    }

    static List<Buffer> run(Graph graph, Buffer... arguments) {
        return new ReferenceBackend().compile(graph, CompileOptions.DEFAULT).run(List.of(arguments));
    }

    /// The first result of an operation.
    static Buffer run(Op op, Buffer... arguments) {
        return all(op, arguments).getFirst();
    }

    static List<Buffer> all(Op op, Buffer... arguments) {
        return run(graph(types(arguments), in -> Node.of(op, in).values()), arguments);
    }

    static List<TensorType> types(Buffer... arguments) {
        return List.of(arguments).stream().map(Buffer::type).toList();
    }

    static Graph graph(List<TensorType> types, Function<List<Value>, List<Value>> body) {
        List<Value> parameters = new ArrayList<>();
        for (TensorType type : types) {
            parameters.add(Ops.parameter(type, "p" + parameters.size()));
        }
        return Graph.of(parameters, body.apply(List.copyOf(parameters)));
    }
}

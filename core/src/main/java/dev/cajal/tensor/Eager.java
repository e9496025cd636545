package dev.cajal.tensor;

import dev.cajal.backend.Backend;
import dev.cajal.backend.Backends;
import dev.cajal.backend.Buffer;
import dev.cajal.backend.CompileOptions;
import dev.cajal.backend.Executable;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Literal;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.StructureKey;
import dev.cajal.ir.Value;
import dev.cajal.type.CajalException;
import dev.cajal.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Computes the elements of tensors outside of compiled functions.
///
/// Forcing a tensor collects what is pending behind it into one graph, whose plan is taken from a cache by structure; scalar constants are
/// arguments of the plan, so that `x.times(0.1)` and `x.times(0.2)` share it. Besides the tensor itself, results that were costly
/// (products, reductions, sorts) and every 16th link of a chain of element-wise operations are kept in their nodes: a second tensor that rests
/// on them does not compute them again.
final class Eager {
    /// A chain of so many pending operations is computed without being asked, so that memory and depth stay bounded.
    private static final int LONGEST_CHAIN = 2048;

    private static final int KEPT_LINK = 16;
    private static final int CACHED_PLANS = 512;

    private static final Map<Key, Executable> PLANS = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Executable> eldest) {
            return size() > CACHED_PLANS;
        }
    };

    private Eager() {}

    private record Key(Backend backend, StructureKey structure) {}

    /// What a donated tensor's node holds instead of elements.
    private static final Object DONATED = new Object();
    private static final List<Object> ONLY_DONATED = List.of(DONATED);

    /// Forces a value whose chain of pending operations has become too long.
    static void limit(Value value) {
        Node node = value.node();
        if (node.trace() == null && node.depth() >= LONGEST_CHAIN && !node.isSettled()) {
            run(List.of(value));
        }
    }

    static void force(List<Tensor> tensors) {
        List<Value> pending = List.of();
        for (Tensor tensor : tensors) {
            Node node = tensor.value().node();
            if (node.trace() != null) {
                throw readWhileTracing(node);
            }
            if (!node.isSettled()) {
                pending = pending.isEmpty() ? new ArrayList<>() : pending;
                pending.add(tensor.value());
            }
        }
        if (!pending.isEmpty()) {
            run(pending);
        }
    }

    static Buffer buffer(Tensor tensor) {
        if (!tensor.value().node().isSettled()) {
            force(List.of(tensor));
        }
        return contents(tensor.value());
    }

    /// The elements, if they were computed already.
    static @Nullable Buffer known(Tensor tensor) {
        return tensor.value().node().content(tensor.value().index()) instanceof Buffer buffer ? buffer : null;
    }

    static void donate(Tensor tensor) {
        Node node = tensor.value().node();
        if (node.types().size() == 1) {
            node.settle(ONLY_DONATED);
            return;
        }
        List<Object> contents = new ArrayList<>();
        for (int i = 0; i < node.types().size(); i++) {
            contents.add(i == tensor.value().index() ? DONATED : node.content(i));
        }
        node.settle(contents);
    }

    private static Buffer contents(Value value) {
        Object content = value.node().content(value.index());
        if (content instanceof Buffer buffer) {
            return buffer;
        }
        throw new CajalException(
                "tensor.donated",
                "This %s was donated to a compiled function, which has reused its memory. Use the function's result instead, "
                        + "or do not donate the argument.",
                value.type());
    }

    private static void run(List<Value> wanted) {
        List<Node> order = Graph.topological(wanted, Set.of());
        Map<Value, Value> copies = new HashMap<>();
        List<Value> parameters = new ArrayList<>();
        List<Buffer> arguments = new ArrayList<>();
        List<Node> kept = new ArrayList<>();
        Map<Node, Integer> links = new HashMap<>();
        Backend backend = Backends.current();
        Set<Node> asked = wanted.stream().map(Value::node).collect(Collectors.toSet());
        for (Node node : order) {
            if (node.isSettled()) {
                for (Value value : node.values()) {
                    argument(value, contents(value), copies, parameters, arguments);
                }
            } else if (node.op() instanceof Op.Constant(Literal literal) && literal.type().shape().rank() == 0) {
                Buffer constant = upload(backend, literal);
                argument(node.value(), constant, copies, parameters, arguments);
                if (asked.contains(node)) {
                    node.settle(List.of(constant));
                }
            } else {
                List<Value> inputs = node.inputs().stream().map(copies::get).toList();
                Node copy = Node.of(node.op(), inputs, node.origin());
                for (int i = 0; i < node.types().size(); i++) {
                    copies.put(new Value(node, i), new Value(copy, i));
                }
                int link = node.inputs().stream()
                        .mapToInt(input -> links.getOrDefault(input.node(), 0))
                        .max()
                        .orElse(0)
                        + 1;
                boolean keep = isCostly(node.op()) || link == KEPT_LINK;
                links.put(node, keep ? 0 : link);
                if (keep || asked.contains(node)) {
                    kept.add(node);
                }
            }
        }
        if (kept.isEmpty()) {
            return;
        }
        List<Value> results = kept.stream().flatMap(node -> node.values().stream()).map(copies::get).toList();
        Graph graph = Graph.of(parameters, results);
        Key key = new Key(backend, StructureKey.of(graph));
        Executable plan;
        synchronized (PLANS) {
            plan = PLANS.get(key);
        }
        if (plan == null) {
            plan = backend.compile(graph, CompileOptions.DEFAULT);
            synchronized (PLANS) {
                PLANS.put(key, plan);
            }
        }
        List<Buffer> buffers = plan.run(arguments);
        int next = 0;
        for (Node node : kept) {
            int count = node.types().size();
            node.settle(buffers.subList(next, next + count));
            next += count;
        }
    }

    private static void argument(
            Value outer, Buffer content, Map<Value, Value> copies, List<Value> parameters, List<Buffer> arguments) {
        Value inner = Ops.parameter(outer.type(), "input" + parameters.size());
        copies.put(outer, inner);
        parameters.add(inner);
        arguments.add(content);
    }

    private static Buffer upload(Backend backend, Literal literal) {
        TensorType type = literal.type();
        long[] bits = {literal.bitsAt(0)};
        // Little-endian machines keep the low bytes first, so that a narrower element is a prefix of the long.
        MemorySegment segment = MemorySegment.ofArray(bits);
        return backend.upload(type, segment.asSlice(0, type.dtype().byteSize()));
    }

    /// Whether computing a result twice would hurt. Element-wise operations and moves are cheap, and fuse with their readers.
    private static boolean isCostly(Op op) {
        return switch (op) {
            case Op.DotGeneral _, Op.Convolution _, Op.Reduce _, Op.ReduceWindow _, Op.SelectAndScatter _ -> true;
            case Op.Gather _, Op.Scatter _, Op.Sort _, Op.While _, Op.Scan _, Op.Composite _ -> true;
            case Op.Parameter _, Op.Constant _, Op.Iota _, Op.Unary _, Op.Binary _, Op.Compare _, Op.Select _ -> false;
            case Op.Convert _, Op.BitcastConvert _, Op.Reshape _, Op.Transpose _, Op.BroadcastInDim _ -> false;
            case Op.Slice _, Op.Pad _, Op.Concatenate _, Op.Reverse _ -> false;
            case Op.DynamicSlice _, Op.DynamicUpdateSlice _, Op.OptimizationBarrier _, Op.StopGradient _ -> false;
        };
    }

    private static CajalException readWhileTracing(Node node) {
        if (node.trace() != null && node.trace().isFinished()) {
            return Node.escaped(node.trace());
        }
        String line = StackWalker.getInstance().walk(frames -> frames.dropWhile(
                frame -> frame.getClassName().startsWith("dev.cajal.tensor."))
                .findFirst()
                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("an unknown line"));
        return new CajalException(
                "trace.read",
                "%sThe elements of a %s were read at %s, inside of a function under %s, where tensors are placeholders without elements. "
                        + "Return the tensor and read it outside, or choose with a.choose(b, c) instead of an if.",
                node.origin().prefix(),
                node.types().getFirst(),
                line,
                node.trace() == null ? "trace" : node.trace().name());
    }
}

package dev.cajal.stablehlo;

import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Comparison;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.UnaryKind;
import dev.cajal.ir.Value;
import dev.cajal.stablehlo.Emitter.Region;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Writes the nodes of a graph: the table from operations to StableHLO's.
final class GraphEmitter {
    private final ModulePrinter module;
    private final Emitter out;

    GraphEmitter(ModulePrinter module, Emitter out) {
        this.module = module;
        this.out = out;
    }

    /// Writes a graph with the given arguments in place of its parameters.
    List<Ref> emit(Graph graph, List<Ref> arguments) {
        Map<Value, Ref> refs = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            refs.put(graph.parameters().get(i), arguments.get(i));
        }
        for (Node node : graph.nodes()) {
            if (!(node.op() instanceof Op.Parameter)) {
                List<Ref> results = node(node, node.inputs().stream().map(input -> ref(refs, input)).toList());
                node.values().forEach(value -> refs.put(value, results.get(value.index())));
            }
        }
        return graph.results().stream().map(result -> ref(refs, result)).toList();
    }

    private static Ref ref(Map<Value, Ref> refs, Value value) {
        return Objects.requireNonNull(refs.get(value), () -> "not written yet: " + value);
    }

    private List<Ref> node(Node node, List<Ref> in) {
        List<TensorType> types = node.types();
        return switch (node.op()) {
            case Op.Parameter parameter -> throw new IllegalArgumentException("no operation: " + parameter);
            case Op.Constant constant -> List.of(out.constant(constant.literal()));
            case Op.Iota iota -> out.emit(
                    "iota", in, List.of(Notation.number("iota_dimension", iota.dimension())), types);
            case Op.Unary(UnaryKind kind) -> List.of(unary(kind, in.getFirst(), types.getFirst()));
            case Op.Binary(BinaryKind kind) -> out.emit(kind.stableHlo(), in, List.of(), types);
            case Op.Compare compare -> out.emit("compare", in, List.of(comparison(compare)), types);
            case Op.Select _ -> out.emit("select", in, List.of(), types);
            case Op.Convert _ -> out.emit("convert", in, List.of(), types);
            case Op.BitcastConvert _ -> out.emit("bitcast_convert", in, List.of(), types);
            case Op.Reshape _ -> out.emit("reshape", in, List.of(), types);
            case Op.Transpose transpose -> out.emit(
                    "transpose", in, List.of(Notation.array("permutation", transpose.permutation())), types);
            case Op.BroadcastInDim broadcast -> out.emit(
                    "broadcast_in_dim", in, List.of(Notation.array("broadcast_dimensions", broadcast.dimensions())),
                    types);
            case Op.Slice slice -> out.emit(
                    "slice",
                    in,
                    List.of(
                            Notation.array("start_indices", slice.starts()),
                            Notation.array("limit_indices", slice.limits()),
                            Notation.array("strides", slice.strides())),
                    types);
            case Op.Pad pad -> out.emit(
                    "pad",
                    in,
                    List.of(
                            Notation.array("edge_padding_low", pad.low()),
                            Notation.array("edge_padding_high", pad.high()),
                            Notation.array("interior_padding", pad.interior())),
                    types);
            case Op.Concatenate concatenate -> out.emit(
                    "concatenate", in, List.of(Notation.number("dimension", concatenate.dimension())), types);
            case Op.Reverse reverse -> out.emit(
                    "reverse", in, List.of(Notation.array("dimensions", reverse.dimensions())), types);
            case Op.DotGeneral dot -> out.emit(
                    "dot_general", in, List.of(Notation.dot(dot), Notation.PRECISION), types);
            case Op.Convolution convolution -> convolution(convolution, in, types);
            case Op.Reduce reduce -> Reductions.reduce(out, reduce, in.getFirst(), types);
            case Op.ReduceWindow reduce -> Reductions.reduceWindow(out, reduce, in.getFirst(), types);
            case Op.SelectAndScatter scatter -> Reductions.selectAndScatter(out, scatter, in, types);
            case Op.Gather gather -> out.emit(
                    "gather",
                    in,
                    List.of(
                            Notation.gather(gather.dimensions()),
                            Notation.array("slice_sizes", gather.sliceSizes()),
                            "indices_are_sorted = false"),
                    types);
            case Op.Scatter scatter -> scatter(scatter, in, types);
            case Op.DynamicSlice slice -> out.emit(
                    "dynamic_slice", in, List.of(Notation.array("slice_sizes", slice.sizes())), types);
            case Op.DynamicUpdateSlice _ -> out.emit("dynamic_update_slice", in, List.of(), types);
            case Op.Sort sort -> sort(sort, in, types);
            case Op.While loop -> out.emit(
                    "while",
                    in,
                    List.of(),
                    types,
                    new Region(types, carried -> emit(loop.condition(), carried)),
                    new Region(types, carried -> emit(loop.body(), carried)));
            case Op.Scan scan -> new ScanEmitter(this, out, scan, types).emit(in);
            case Op.OptimizationBarrier _ -> out.emit("optimization_barrier", in, List.of(), types);
            case Op.StopGradient _ -> in;
            case Op.Composite composite -> out.emit(
                    "composite",
                    in,
                    List.of(
                            "name = \"cajal." + composite.kind() + "\"",
                            "decomposition = " + module.decomposition(composite.kind(), composite.decomposition()),
                            "version = " + composite.version() + " : i32",
                            "composite_attributes = {}"),
                    types);
        };
    }

    private Ref unary(UnaryKind kind, Ref x, TensorType type) {
        // StableHLO's abs and sign know no unsigned numbers.
        if (kind == UnaryKind.ABS && x.type().dtype().isUnsigned()) {
            return x;
        }
        if (kind == UnaryKind.SIGN && x.type().dtype().isUnsigned()) {
            Ref one = out.emit(
                    "broadcast_in_dim",
                    type,
                    List.of(Notation.array("broadcast_dimensions", List.of())),
                    out.number(x.type().dtype(), 1));
            return out.emit("minimum", type, x, one);
        }
        return out.emit(kind.stableHlo(), type, x);
    }

    private static String comparison(Op.Compare compare) {
        return Notation.comparison(compare.comparison().name(), order(compare.order()));
    }

    private static String order(Comparison.Order order) {
        return switch (order) {
            case FLOAT -> "FLOAT";
            case TOTAL_ORDER -> "TOTALORDER";
            case SIGNED -> "SIGNED";
            case UNSIGNED -> "UNSIGNED";
        };
    }

    private List<Ref> convolution(Op.Convolution convolution, List<Ref> in, List<TensorType> types) {
        int spatial = convolution.window().rank();
        return out.emit(
                "convolution",
                in,
                List.of(
                        Notation.array("window_strides", convolution.window().strides()),
                        Notation.padding(convolution.window()),
                        Notation.array("lhs_dilation", convolution.window().baseDilation()),
                        Notation.array("rhs_dilation", convolution.window().windowDilation()),
                        Notation.falses("window_reversal", spatial),
                        Notation.convolution(spatial),
                        Notation.number("feature_group_count", convolution.featureGroups()),
                        Notation.number("batch_group_count", convolution.batchGroups()),
                        Notation.PRECISION),
                types);
    }

    private List<Ref> scatter(Op.Scatter scatter, List<Ref> in, List<TensorType> types) {
        TensorType element = TensorType.of(types.getFirst().dtype());
        Region combine = new Region(List.of(element, element), pair -> switch (scatter.combiner()) {
            case REPLACE -> List.of(pair.get(1));
            case ADD -> out.emit("add", pair, List.of(), List.of(element));
            case MULTIPLY -> out.emit("multiply", pair, List.of(), List.of(element));
            case MAXIMUM -> out.emit("maximum", pair, List.of(), List.of(element));
            case MINIMUM -> out.emit("minimum", pair, List.of(), List.of(element));
        });
        return out.emit(
                "scatter",
                in,
                List.of(
                        Notation.scatter(scatter.dimensions()), "indices_are_sorted = false", "unique_indices = false"),
                types,
                combine);
    }

    private List<Ref> sort(Op.Sort sort, List<Ref> in, List<TensorType> types) {
        List<TensorType> pairs = types.stream()
                .map(type -> TensorType.of(type.dtype()))
                .flatMap(type -> List.of(type, type).stream())
                .toList();
        DType key = types.getFirst().dtype();
        String order = key.isFloating() ? "TOTALORDER" : key.isInteger() && !key.isUnsigned() ? "SIGNED" : "UNSIGNED";
        String comparison = Notation.comparison(sort.descending() ? "GT" : "LT", order);
        Region before = new Region(pairs, elements -> List.of(
                out.emit("compare", TensorType.of(DType.BOOL), List.of(comparison), elements.get(0), elements.get(1))));
        return out.emit(
                "sort", in, List.of(Notation.number("dimension", sort.dimension()), "is_stable = true"), types, before);
    }
}

package dev.cajal.cpu.whole;

import dev.cajal.cpu.attention.AttentionGradientKernel;
import dev.cajal.cpu.attention.AttentionKernel;
import dev.cajal.cpu.matmul.Contraction;
import dev.cajal.cpu.plan.KernelGradient;
import dev.cajal.ir.Attention;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.type.DType;
import java.util.Optional;

/// The kernels of operations on whole tensors.
public final class WholeKernels {
    private WholeKernels() {}

    /// The matrix product that an operation is, as convolutions are too; empty if it is none of single precision.
    ///
    /// @param node in canonical form
    public static Optional<Contraction> product(Node node) {
        boolean single = isSingle(node);
        return switch (node.op()) {
            case Op.DotGeneral dot when single -> Optional.of(Contraction.of(ProductKernel.shape(node, dot)));
            case Op.Convolution convolution when single && !Depthwise.is(node, convolution) ->
                Optional.of(Convolutions.forward(node, convolution));
            case Op.Composite composite when single -> KernelGradient.of(composite)
                    .filter(gradient -> !Depthwise.is(node, gradient))
                    .map(gradient -> Convolutions.kernelGradient(node, gradient));
            default -> Optional.empty();
        };
    }

    private static boolean isSingle(Node node) {
        return node.types().getFirst().dtype() == DType.F32
                && node.inputs().stream().allMatch(input -> input.dtype() == DType.F32);
    }

    private static Optional<KernelGradient> depthwise(Node node, Op.Composite composite) {
        return KernelGradient.of(composite).filter(gradient -> Depthwise.is(node, gradient));
    }

    /// The kernel of an operation.
    ///
    /// @param node in canonical form
    /// @return empty if there is none
    public static Optional<WholeKernel> of(Node node) {
        return switch (node.op()) {
            case Op.DotGeneral dot -> ProductKernel.of(node, dot);
            case Op.Pad pad -> Optional.of(Moves.pad(node, pad));
            case Op.Concatenate concatenate -> Optional.of(Moves.concatenate(node, concatenate));
            case Op.DynamicSlice _ -> Optional.of(Moves.dynamicSlice(node));
            case Op.DynamicUpdateSlice _ -> Optional.of(Moves.dynamicUpdateSlice(node));
            case Op.Gather gather -> Optional.of(new GatherKernel(node, gather));
            case Op.Scatter scatter -> ScatterKernel.of(node, scatter);
            case Op.Sort sort -> Optional.of(new SortKernel(node, sort));
            case Op.Convolution convolution when isSingle(node) && Depthwise.is(node, convolution) ->
                Optional.of(Depthwise.forward(node, convolution));
            case Op.Composite composite when isSingle(node) && depthwise(node, composite).isPresent() ->
                depthwise(node, composite).map(gradient -> Depthwise.kernelGradient(node, gradient.window()));
            case Op.Composite composite when Attention.of(composite).isPresent() ->
                Attention.of(composite).map(attention -> (in, out) -> attention.isGradient()
                        ? AttentionGradientKernel.bind(node, attention, in, out)
                        : AttentionKernel.bind(node, attention, in, out));
            case Op.Convolution _, Op.Composite _ -> product(node).map(ProductKernel::of);
            case Op.ReduceWindow reduce -> PoolKernel.of(node, reduce);
            case Op.SelectAndScatter scatter -> PoolGradientKernel.of(node, scatter);
            // Fused, in arguments, or run by the plan itself.
            case Op.Parameter _, Op.Constant _, Op.Iota _, Op.Unary _, Op.Binary _, Op.Compare _, Op.Select _ ->
                Optional.empty();
            case Op.Convert _, Op.BitcastConvert _, Op.Reshape _, Op.Transpose _, Op.BroadcastInDim _, Op.Slice _ ->
                Optional.empty();
            case Op.Reverse _, Op.Reduce _, Op.While _, Op.Scan _, Op.OptimizationBarrier _ -> Optional.empty();
            case Op.StopGradient _ -> Optional.empty();
        };
    }
}

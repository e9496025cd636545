package dev.cajal.autodiff;

import dev.cajal.ir.Op;

/// The table: how each operation hands the cotangents of its results on to its operands.
final class GradientRules {
    private GradientRules() {}

    static void apply(Pullback node) {
        switch (node.node().op()) {
            case Op.Parameter _, Op.Constant _, Op.Iota _, Op.Compare _, Op.StopGradient _ -> {}
            case Op.Unary unary -> ElementwiseGradients.unary(unary.kind(), node);
            case Op.Binary binary -> BinaryGradients.binary(binary.kind(), node);
            case Op.Select _ -> ElementwiseGradients.select(node);
            case Op.Convert _ -> ElementwiseGradients.convert(node);
            case Op.BitcastConvert _ -> ElementwiseGradients.bitcast(node);
            case Op.Reshape _ -> ShapeGradients.reshape(node);
            case Op.Transpose transpose -> ShapeGradients.transpose(transpose, node);
            case Op.BroadcastInDim broadcast -> ShapeGradients.broadcast(broadcast, node);
            case Op.Slice slice -> ShapeGradients.slice(slice, node);
            case Op.Pad pad -> ShapeGradients.pad(pad, node);
            case Op.Concatenate concatenate -> ShapeGradients.concatenate(concatenate, node);
            case Op.Reverse reverse -> ShapeGradients.reverse(reverse, node);
            case Op.OptimizationBarrier _ -> ShapeGradients.barrier(node);
            case Op.DotGeneral dot -> ContractionGradients.dot(dot, node);
            case Op.Convolution convolution -> ConvolutionGradients.convolution(convolution, node);
            case Op.Reduce reduce -> ReductionGradients.reduce(reduce, node);
            case Op.ReduceWindow reduce -> WindowGradients.reduceWindow(reduce, node);
            case Op.SelectAndScatter scatter -> WindowGradients.selectAndScatter(scatter, node);
            case Op.Gather gather -> IndexGradients.gather(gather, node);
            case Op.Scatter scatter -> ScatterGradients.scatter(scatter, node);
            case Op.DynamicSlice _ -> IndexGradients.dynamicSlice(node);
            case Op.DynamicUpdateSlice _ -> IndexGradients.dynamicUpdateSlice(node);
            case Op.Sort sort -> IndexGradients.sort(sort, node);
            case Op.While _ -> throw LoopGradients.unbounded(node);
            case Op.Scan scan -> LoopGradients.scan(scan, node);
            case Op.Composite composite -> CompositeGradients.composite(composite, node);
        }
    }
}

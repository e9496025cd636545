package dev.cajal.cpu.plan;

import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Value;
import dev.cajal.type.Shape;

/// How the planner treats an operation.
enum NodeKind {
    /// Computed or read element by element inside of a loop, whatever comes before and after.
    FUSED,
    /// The end of a loop: many elements become one.
    REDUCTION,
    /// The same elements in the same memory under another type or shape.
    ALIAS,
    /// Runs on its own, on whole tensors.
    WHOLE;

    static NodeKind of(Node node) {
        return switch (node.op()) {
            case Op.Unary _, Op.Binary _, Op.Compare _, Op.Select _, Op.Convert _, Op.BitcastConvert _, Op.Iota _ -> FUSED;
            case Op.Transpose _, Op.BroadcastInDim _, Op.Slice _, Op.Reverse _ -> FUSED;
            case Op.Constant constant -> constant.literal().isSplat() ? FUSED : WHOLE;
            case Op.Reshape reshape -> reshape(node.inputs().getFirst(), reshape.shape());
            case Op.StopGradient _ -> ALIAS;
            case Op.OptimizationBarrier _ -> ALIAS;
            case Op.Reduce _ -> REDUCTION;
            case Op.Parameter _, Op.Pad _, Op.Concatenate _, Op.DotGeneral _, Op.Convolution _, Op.ReduceWindow _ -> WHOLE;
            case Op.SelectAndScatter _, Op.Gather _, Op.Scatter _, Op.DynamicSlice _, Op.DynamicUpdateSlice _ -> WHOLE;
            case Op.Sort _, Op.While _, Op.Scan _, Op.Composite _ -> WHOLE;
        };
    }

    /// A loop reads through a reshape that only adds or removes dimensions of length 1, unless the operand is in memory anyway.
    private static NodeKind reshape(Value operand, Shape shape) {
        boolean isComputed = of(operand.node()) == FUSED;
        return isComputed && IndexMap.isDegenerate(operand.shape(), shape) ? FUSED : ALIAS;
    }
}

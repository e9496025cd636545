package dev.cajal.autodiff;

import dev.cajal.ir.Graph;
import dev.cajal.ir.Op;
import dev.cajal.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Gradients of composites: their own, or their decomposition's.
final class CompositeGradients {
    private CompositeGradients() {}

    static void composite(Op.Composite composite, Pullback node) {
        List<Value> operands = node.node().inputs();
        List<Integer> wanted = node.wanted();
        if (composite.gradient().isPresent()) {
            List<Value> shares = own(composite.gradient().get(), node);
            wanted.forEach(i -> node.give(i, () -> shares.get(i)));
            return;
        }
        List<Value> results = composite.decomposition().apply(operands);
        List<Integer> reached = IntStream.range(0, results.size()).filter(node::hasCotangent).boxed().toList();
        List<Value> shares = Gradients.within(
                operands,
                reached.stream().map(results::get).toList(),
                reached.stream().map(node::cotangent).toList(),
                wanted.stream().map(operands::get).toList());
        for (int k = 0; k < wanted.size(); k++) {
            Value share = shares.get(k);
            node.give(wanted.get(k), () -> share);
        }
    }

    private static List<Value> own(Graph gradient, Pullback node) {
        List<Value> arguments = new ArrayList<>(node.node().inputs());
        arguments.addAll(node.node().values());
        for (int i = 0; i < node.node().types().size(); i++) {
            arguments.add(node.cotangent(i));
        }
        return gradient.apply(arguments);
    }
}

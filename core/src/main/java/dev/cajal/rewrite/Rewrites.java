package dev.cajal.rewrite;

import dev.cajal.ir.Graph;
import java.util.List;
import java.util.function.UnaryOperator;

/// Makes graphs smaller without changing a bit of what they compute.
///
/// - [rules][Rule] for single nodes: constants folded where IEEE 754 says what comes out, algebra that holds for every number (`x * 1`, but
///   not `x + 0`, which turns -0 into +0, nor `x * 0`), moves of elements that cancel or combine;
/// - common subexpressions: nodes that do the same to the same operands become one, wherever in a model they were made;
/// - dead code: what no result depends on, also inside of loops;
/// - loops: [scans over the same operands][ScanMerging] become one, as the two forward loops that a gradient leaves behind.
///
/// All of it inside of loop bodies and composites too.
public final class Rewrites {
    private Rewrites() {}

    /// A graph that gives the same results, bit for bit, with the same parameters.
    ///
    /// The result is made for being run, not for being differentiated: [stopped gradients][dev.cajal.ir.Op.StopGradient] and the composites' own
    /// gradients are gone.
    public static Graph simplify(Graph graph) {
        Simplifier simplifier = new Simplifier();
        List<UnaryOperator<Graph>> passes = List.of(ScanMerging::apply, LoopTrimming::apply);
        Graph current = simplifier.simplify(graph);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (UnaryOperator<Graph> pass : passes) {
                Graph next = pass.apply(current);
                if (next != current) {
                    current = simplifier.simplify(next);
                    changed = true;
                }
            }
        }
        return current;
    }
}

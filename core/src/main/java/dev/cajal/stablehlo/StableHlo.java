package dev.cajal.stablehlo;

import dev.cajal.ir.Graph;

/// Prints graphs as StableHLO, in MLIR's generic form, which changes less between versions than the pretty one.
///
/// ```
/// module @cajal {
///   func.func public @main(%0: tensor<2x3xf32>, %1: tensor<2x3xf32>) -> (tensor<2x3xf32>) {
///     %2 = "stablehlo.add"(%0, %1) : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
///     func.return %2 : tensor<2x3xf32>
///   }
/// }
/// ```
///
/// Nearly every operation is one of StableHLO's. The others: a scan is a `while` with a counter; a composite is a
/// `stablehlo.composite` that calls its decomposition, a private function; a window with holes under `SelectAndScatter` is a reduction of pairs
/// of element and position, then a scatter; stopped gradients leave no trace.
///
/// Where StableHLO leaves the result open Cajal does not: converting to integers saturates, indices out of bounds are errors of the
/// run, the last update of a replacing scatter wins. A program that relies on that may get other results elsewhere.
public final class StableHlo {
    private StableHlo() {}

    /// The text of a module whose function `main` computes the graph.
    public static String print(Graph graph) {
        return new ModulePrinter().print(graph);
    }
}

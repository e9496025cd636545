/// The graph language: [operations][dev.cajal.ir.Op], the [nodes][dev.cajal.ir.Node] and [values][dev.cajal.ir.Value] that
/// connect them, closed [graphs][dev.cajal.ir.Graph], and the [rules][dev.cajal.ir.TypeRules] that say which types fit.
package dev.cajal.ir;

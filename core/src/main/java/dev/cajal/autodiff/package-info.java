/// Reverse-mode automatic differentiation: a function from graph to graph, as a table of rules.
///
/// [dev.cajal.autodiff.Gradients] walks back from outputs to inputs; [dev.cajal.autodiff.GradientRules] is the table, one page for each
/// family of operations. Rules emit the same operations that they differentiate, so gradients have gradients.
///
/// ## Where a function has no derivative
///
/// | point | gradient |
/// |---|---|
/// | `abs`, `sign` at 0 | 0 |
/// | `floor`, `ceil`, `round`, `sign`, comparisons, integers, bits | 0 everywhere |
/// | `maximum(a, b)`, `minimum(a, b)` where `a == b` | half to each |
/// | largest or smallest of several equal elements, over whole dimensions | shared equally |
/// | the same over a window that slides | all to the first one |
/// | scattered maximum, minimum with equal candidates | shared equally |
/// | `x ^ 0` by `x` | 0, at `x = 0` too |
/// | `0 ^ y` by `y` | 0 |
/// | `sqrt`, `cbrt`, `log` at 0 | infinite, as the limit from above |
/// | `condition ? a : b` | only to the branch that was taken |
///
/// A rectifier written as `x > 0 ? x : 0` therefore has the gradient 0 at 0, one written as `max(x, 0)` has 1/2.
package dev.cajal.autodiff;

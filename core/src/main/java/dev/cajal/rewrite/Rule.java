package dev.cajal.rewrite;

import dev.cajal.ir.Node;
import dev.cajal.ir.Value;
import java.util.List;

/// One rewrite of one node. Each implementation says which equation it uses, and holds bit for bit: for infinities, for both zeros, and for
/// every NaN (of which there is only one kind, as far as Cajal is concerned).
///
/// Rules lead to fewer operations, or to the same number nearer to the canonical form, so that applying them ends.
interface Rule {
    /// What to put in place of the results of a node whose operands are simple already.
    ///
    /// @return one value for each result, or nothing if the rule does not apply
    List<Value> apply(Node node);

    /// The answer of a rule that does not apply.
    List<Value> KEEP = List.of();
}

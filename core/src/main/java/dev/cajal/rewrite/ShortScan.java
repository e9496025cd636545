package dev.cajal.rewrite;

import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import java.util.ArrayList;
import java.util.List;

/// A scan of no trips gives its first carries; a scan of one trip is its body.
final class ShortScan implements Rule {
    @Override
    public List<Value> apply(Node node) {
        if (!(node.op() instanceof Op.Scan scan) || scan.length() > 1 || node.types().isEmpty()) {
            return KEEP;
        }
        List<Value> results = new ArrayList<>();
        if (scan.length() == 0) {
            results.addAll(node.inputs().subList(0, scan.carries()));
            node.types().subList(scan.carries(), node.types().size()).forEach(type -> results.add(Ops.zeros(type)));
            return results;
        }
        List<Value> arguments = new ArrayList<>();
        for (int i = 0; i < node.inputs().size(); i++) {
            arguments.add(Ops.reshape(node.inputs().get(i), scan.body().parameters().get(i).shape()));
        }
        List<Value> last = scan.body().apply(arguments);
        for (int i = 0; i < last.size(); i++) {
            results.add(Ops.reshape(last.get(i), node.types().get(i).shape()));
        }
        return results;
    }
}

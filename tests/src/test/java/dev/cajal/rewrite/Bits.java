package dev.cajal.rewrite;

import dev.cajal.backend.Backends;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Value;
import dev.cajal.memory.HostBuffer;
import dev.cajal.testing.Accuracy;
import dev.cajal.testing.Agreement;
import dev.cajal.testing.GraphSample;
import dev.cajal.testing.SampleData;
import java.util.List;
import java.util.Optional;

/// Whether two graphs give the same bits.
final class Bits {
    private Bits() {}

    /// Runs both on the elements that make trouble.
    static Optional<String> difference(Graph before, Graph after) {
        SampleData data = new SampleData(11);
        List<HostBuffer> arguments = before.parameters().stream()
                .map(Value::type)
                .map(type -> type.size() == 0 ? data.usual(type) : data.special(type))
                .toList();
        return difference(new GraphSample("rewritten", before, arguments, List.of(), Accuracy.EXACT), after);
    }

    /// Runs both on the arguments of a sample.
    static Optional<String> difference(GraphSample before, Graph after) {
        GraphSample rewritten = new GraphSample(before.name(), after, before.arguments(), List.of(), Accuracy.EXACT);
        List<HostBuffer> expected = before.run(Backends.named("reference"));
        List<HostBuffer> actual = rewritten.run(Backends.named("reference"));
        for (int i = 0; i < expected.size(); i++) {
            Optional<String> difference = Agreement.compare(Accuracy.EXACT, expected.get(i), actual.get(i),
                    expected.get(i));
            if (difference.isPresent()) {
                return Optional.of("%s, result %s: %s\n%s\n%s".formatted(
                        before.name(), i, difference.get(), before.graph(), after));
            }
        }
        return Optional.empty();
    }
}

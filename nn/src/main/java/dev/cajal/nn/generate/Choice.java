package dev.cajal.nn.generate;

import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Tree;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/// Which rows of what a network remembers go on, `[rows]`, and with which tokens, `[rows]`: a tree.
record Choice(Tensor parents, Tensor tokens) {
    /// What some searches go on with: as many rows for each as the beam is wide, whether they are needed or not, so that the shapes stay.
    ///
    /// @param texts how many rows of the batch were texts to begin with; those beyond the searches are there to fill it up
    /// @param before rows of each text until now
    static Choice of(List<BeamSearch> searches, int texts, int before, int width) {
        int[] parents = IntStream.range(0, texts * width).map(row -> row / width * before).toArray();
        int[] tokens = new int[parents.length];
        for (int i = 0; i < searches.size(); i++) {
            List<BeamSearch.Hypothesis> alive = searches.get(i).alive();
            for (int j = 0; j < alive.size(); j++) {
                parents[i * width + j] += alive.get(j).parent();
                tokens[i * width + j] = alive.get(j).last();
            }
        }
        return new Choice(Tensor.of(parents), Tensor.of(tokens));
    }

    /// The rows that go on.
    SequencedMap<String, Tensor> of(SequencedMap<String, Tensor> memory) {
        return Tree.map(memory, rows -> rows.take(parents));
    }
}

package dev.cajal.testing;

import java.util.List;

/// Samples of every operation of the graph language, over all element types that it takes, on shapes and elements that make trouble:
/// empty, single, broadcast, beside the lengths of vectors; signed zeros, subnormals, infinities, NaN, the ends of the integers.
///
/// One list for all property tests: a backend is compared with the reference, gradients with differences, rewrites and printers
/// with what they started from. A new operation gets its samples here and is tested everywhere.
public final class OpSamples {
    private OpSamples() {}

    /// All samples. The same seed gives the same ones.
    public static List<GraphSample> all(long seed) {
        Samples samples = new Samples(new SampleData(seed));
        ElementwiseSamples.addTo(samples);
        MovementSamples.addTo(samples);
        ProductSamples.addTo(samples);
        ReductionSamples.addTo(samples);
        IndexSamples.addTo(samples);
        ControlSamples.addTo(samples);
        return samples.all();
    }

    /// The samples that can be differentiated by some argument; those arguments are all of type f64.
    public static List<GraphSample> differentiable(long seed) {
        return all(seed).stream().filter(sample -> !sample.differentiable().isEmpty()).toList();
    }
}

package dev.cajal.nn.metric;

import dev.cajal.type.CajalException;

/// A metric that is not defined for the predictions or targets that it got.
public class MetricException extends CajalException {
    private static final long serialVersionUID = 1L;

    /// See [CajalException].
    public MetricException(String code, String template, Object... arguments) {
        super(code, template, arguments);
    }

    /// The error of a mean over nothing.
    static MetricException empty(String metric) {
        return new MetricException(
                "metric.empty", "%s of no examples is not defined: there are none, or all have weight zero.", metric);
    }
}

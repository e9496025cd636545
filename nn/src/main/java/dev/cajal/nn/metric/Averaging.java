package dev.cajal.nn.metric;

/// How a figure of single classes becomes one of all. As in scikit-learn.
public enum Averaging {
    /// That of one class only, for which the others together are the opposite: the usual case for two classes.
    ONE_CLASS,
    /// The plain mean over the classes that occur in targets or predictions: a rare class counts as much as a frequent one.
    MACRO,
    /// From counts summed over all classes. Since an example has one class this is the accuracy.
    MICRO,
    /// The mean over classes, weighted by how many examples belong to each.
    WEIGHTED
}

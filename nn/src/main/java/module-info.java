import org.jspecify.annotations.NullMarked;

/// Neural networks: layers, activations, initializers, losses, metrics, optimizers, training and checkpoints.
@NullMarked
module dev.cajal.nn {
    requires static org.jspecify;
    requires transitive dev.cajal.core;

    uses dev.cajal.nn.ConfigTypes;

    exports dev.cajal.nn;
    exports dev.cajal.nn.activation;
    exports dev.cajal.nn.checkpoint;
    exports dev.cajal.nn.example;
    exports dev.cajal.nn.generate;
    exports dev.cajal.nn.initializer;
    exports dev.cajal.nn.layer;
    exports dev.cajal.nn.loss;
    exports dev.cajal.nn.metric;
    exports dev.cajal.nn.optimizer;
    exports dev.cajal.nn.train;

    opens dev.cajal.nn.generate to
            dev.cajal.core;
    opens dev.cajal.nn.train to
            dev.cajal.core;

    provides dev.cajal.nn.ConfigTypes with
            dev.cajal.nn.layer.BuiltInTypes;
}

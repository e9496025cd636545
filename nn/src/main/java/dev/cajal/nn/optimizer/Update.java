package dev.cajal.nn.optimizer;

/// What an update of an optimizer gives.
///
/// @param <P> the parameters' tree
/// @param parameters the new parameters
/// @param state the optimizer's new state
public record Update<P>(P parameters, OptimizerState<P> state) {}

package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;

/// What an update of one parameter depends on besides the parameter, its gradient and its slots.
///
/// @param name the parameter's path in its tree, such as `0/kernel`
/// @param number which update this is, from 1, a scalar of the parameter's type
/// @param learningRate the learning rate of this update, a scalar of the parameter's type
public record StepContext(String name, Tensor number, Tensor learningRate) {
    /// `1 - decay^number`: what a running mean that began at zero has to be divided by.
    ///
    /// Computed as `-expm1(number * log(decay))`; the plain difference has lost four of seven digits at a decay of 0.999 and the first step.
    public Tensor correction(double decay) {
        return number.times(Math.log(decay)).expm1().negate();
    }

    /// Whether the parameter belongs to a selection.
    public boolean isIn(ParameterSelection selection, Tensor parameter) {
        return selection.includes(name, parameter.shape());
    }
}

/// Activations: the functions between linear layers. [Activations][dev.cajal.nn.activation.Activations] has them by
/// name.
package dev.cajal.nn.activation;

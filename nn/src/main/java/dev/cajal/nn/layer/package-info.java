/// The built-in layers. Images and sequences are channels last: the last dimension holds the features, the first the
/// batch.
package dev.cajal.nn.layer;

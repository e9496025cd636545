/// Functions of functions of tensors: [compilation, gradients][dev.cajal.transform.Transform], loops, and the
/// [trees][dev.cajal.transform.Tree] that they take and return.
package dev.cajal.transform;

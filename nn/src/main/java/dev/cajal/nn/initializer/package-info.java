/// The first elements of parameters.
package dev.cajal.nn.initializer;

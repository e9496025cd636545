/// Continuing texts with a language model.
package dev.cajal.nn.generate;

/// Windows that slide over tensors: which elements they see.
@org.jspecify.annotations.NullMarked
package dev.cajal.cpu.window;

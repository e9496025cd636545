/// Operations on whole tensors other than fused loops, reductions and single-precision products: what moves elements, what reads and writes at
/// computed positions, sorting, products of the other element types.
package dev.cajal.cpu.whole;

/// Matrix products: blocked, packed, and in one order of summation.
///
/// Every element of a product is the chain `fma(a[k-1], b[k-1], ... fma(a[1], b[1], fma(a[0], b[0], +0)))` in order of `k`, whatever tile,
/// vector width, number of threads, packing, or form (vector or scalar) computes it.
package dev.cajal.cpu.matmul;

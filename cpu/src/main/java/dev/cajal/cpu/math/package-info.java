/// Elementary functions whose results have the same bits on every machine, in every compiler tier and at every vector width.
///
/// They consist of IEEE additions, multiplications, divisions, square roots, fused multiply-adds, comparisons and integer
/// operations only, in one fixed order, once for scalars ([dev.cajal.cpu.math.FloatMath]) and once for vectors
/// ([dev.cajal.cpu.math.VectorMath]). `Math.exp` and the Vector API's transcendental operations are not used anywhere:
/// their last bit depends on the machine and on whether the code is interpreted or compiled.
///
/// One thing is left open, because processors differ in it even for an addition: *which* NaN a NaN is (its sign and payload).
package dev.cajal.cpu.math;

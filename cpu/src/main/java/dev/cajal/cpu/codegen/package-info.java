/// Vector kernels made at run time: fused loops over 32-bit lanes, written as bytecode into hidden classes.
///
/// This package knows nothing of graphs. What it takes is a [dev.cajal.cpu.codegen.LaneProgram], the body of a loop in static
/// single assignment; what it gives is a [dev.cajal.cpu.codegen.LaneKernel], which runs rows of it over memory. Every instruction is one IEEE
/// operation per element, transcendental functions are [dev.cajal.cpu.math.VectorMath]'s, and reductions keep to
/// [dev.cajal.cpu.reduce.ReductionOrder], so a kernel has the bits of any other way to run the same program, at every vector width.
///
/// No class here mentions a vector type, so all can be loaded where there is no Vector API; only the classes that are made do.
package dev.cajal.cpu.codegen;

/// Off-heap memory for tensors: [pools][dev.cajal.memory.MemoryPool] of aligned blocks within a budget, and
/// [buffers][dev.cajal.memory.HostBuffer] whose blocks come back by themselves.
package dev.cajal.memory;

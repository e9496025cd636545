/// Fused loops that run as a few instructions over short registers: every operation is a plain loop over an array, which needs no Vector API, and
/// which is warm as soon as any loop has used it.
package dev.cajal.cpu.loop;

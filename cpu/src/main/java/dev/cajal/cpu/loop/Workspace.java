package dev.cajal.cpu.loop;

import dev.cajal.cpu.codegen.LaneFrame;

/// What one thread needs while it runs a loop.
///
/// @param registers of the body
/// @param frames one for each stage that is a kernel
/// @param indices of the outer loops, to be set before each use
record Workspace(Registers registers, LaneFrame[] frames, long[] indices) {}

/// From a graph to a plan: canonical form, regions that run at once, and a place for each value in memory.
package dev.cajal.cpu.plan;

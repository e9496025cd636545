/// What the machine can do at most, measured.
package dev.cajal.cpu.machine;

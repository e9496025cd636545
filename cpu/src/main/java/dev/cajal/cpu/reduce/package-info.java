/// The one order in which floating-point numbers are summed, whatever the vector width and the number of threads.
package dev.cajal.cpu.reduce;

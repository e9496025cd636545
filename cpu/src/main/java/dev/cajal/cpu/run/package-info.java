/// Runs plans: steps over arguments, results and an arena.
package dev.cajal.cpu.run;

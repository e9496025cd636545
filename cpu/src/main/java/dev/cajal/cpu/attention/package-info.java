/// Attention and its gradient without the matrix of all scores.
package dev.cajal.cpu.attention;

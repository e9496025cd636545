/// Plans as others see them: what regions compute, what they cost, and where memory lies.
package dev.cajal.cpu.describe;

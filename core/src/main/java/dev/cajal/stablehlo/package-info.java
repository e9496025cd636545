/// Graphs as [StableHLO](https://openxla.org/stablehlo/spec) text: [dev.cajal.stablehlo.StableHlo].
package dev.cajal.stablehlo;

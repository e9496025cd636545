/// Support for tests: [samples of every operation][dev.cajal.testing.OpSamples], [random graphs][dev.cajal.testing.RandomGraphs], and what it means that two
/// results [agree][dev.cajal.testing.Agreement].
package dev.cajal.testing;

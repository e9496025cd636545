/// Small data sets of points that are made, not measured: for learning and for tests.
package dev.cajal.data.generator;

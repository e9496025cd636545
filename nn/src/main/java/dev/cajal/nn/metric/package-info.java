/// How good predictions are, in numbers that people read. Computed over a whole evaluation, outside of the graph, in double precision.
package dev.cajal.nn.metric;

/// The training loop: steps as compiled graphs, epochs, rules for stopping, snapshots to resume from.
package dev.cajal.nn.train;

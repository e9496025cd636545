/// What training makes small: the distance between what a network says and what it should have said.
package dev.cajal.nn.loss;

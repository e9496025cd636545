/// Examples to learn from: a person's own objects, and how they become numbers and labels again.
package dev.cajal.nn.example;

/// The file format of MNIST.
package dev.cajal.data.idx;

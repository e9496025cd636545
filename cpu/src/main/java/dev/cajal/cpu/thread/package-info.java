/// The threads that compute.
package dev.cajal.cpu.thread;

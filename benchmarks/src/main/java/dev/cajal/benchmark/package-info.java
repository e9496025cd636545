/// What is measured, one file for each model, and the worker that measures it when the driver says so.
package dev.cajal.benchmark;

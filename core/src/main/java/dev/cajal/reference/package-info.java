/// The backend that says what is right: plain loops over Java arrays, one operation after the other. Slow on purpose.
package dev.cajal.reference;

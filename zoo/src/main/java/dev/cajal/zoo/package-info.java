/// [Models by name][dev.cajal.zoo.Zoo].
package dev.cajal.zoo;

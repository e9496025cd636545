/// Data sets by name.
package dev.cajal.data.dataset;

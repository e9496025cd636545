/// Handwritten digits that are drawn, not downloaded.
package dev.cajal.data.digits;

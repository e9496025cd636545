/// Pictures, and how they become numbers.
package dev.cajal.data.image;

/// [oneDNN](https://uxlfoundation.github.io/oneDNN/) as a library for products: where its files are, its C interface, its kernels.
package dev.cajal.onednn;

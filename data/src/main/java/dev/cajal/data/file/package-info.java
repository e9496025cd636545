/// Files of data, whatever is in them. Not exported.
package dev.cajal.data.file;

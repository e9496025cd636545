/// Pictures in folders, a folder for each class.
package dev.cajal.data.folder;

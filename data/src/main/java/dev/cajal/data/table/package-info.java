/// Tables: CSV files, what their columns are, and how they become examples.
package dev.cajal.data.table;

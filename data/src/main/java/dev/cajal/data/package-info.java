/// Where examples come from.
package dev.cajal.data;

/// The service provider interface of what runs graphs, and the choice between providers.
package dev.cajal.backend;

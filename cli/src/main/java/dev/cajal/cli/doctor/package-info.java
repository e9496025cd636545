/// What is found out about a machine, and what there is to advise.
package dev.cajal.cli.doctor;

/// Networks: functions with [parameters][dev.cajal.nn.Variables], made of [layers][dev.cajal.nn.Layer].
package dev.cajal.nn;

/// Files: tensors as safetensors, configurations as JSON, both in one archive that is written atomically and checked when read.
package dev.cajal.nn.checkpoint;

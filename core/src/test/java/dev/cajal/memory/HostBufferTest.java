package dev.cajal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.backend.Buffer;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class HostBufferTest {
    private static final TensorType TYPE = TensorType.of(DType.F32, 3);

    @Test
    void elementsGoInAndOut() {
        HostBuffer buffer = HostBuffer.copyOf(TYPE, MemorySegment.ofArray(new float[] {1, 2, 3, 4}));
        float[] read = new float[3];
        buffer.read(MemorySegment.ofArray(read));
        assertThat(read).containsExactly(1, 2, 3);
        assertThat(buffer.segment().byteSize()).isEqualTo(12);
        assertThat(buffer.type()).isEqualTo(TYPE);
        assertThat(buffer).hasToString("HostBuffer f32[3]");
    }

    @Test
    void zeroedMemoryIsZero() {
        for (int i = 0; i < 100; i++) {
            HostBuffer.allocate(TYPE).segment().fill((byte) -1);
            HostBuffer zeros = HostBuffer.allocateZeroed(TYPE);
            assertThat(zeros.segment().mismatch(MemorySegment.ofArray(new float[3]))).isEqualTo(-1);
        }
    }

    @Test
    void aTensorWithoutElementsHasABuffer() {
        HostBuffer empty = HostBuffer.allocate(TensorType.of(DType.F64, 0, 3));
        assertThat(empty.segment().byteSize()).isZero();
        empty.read(MemorySegment.ofArray(new double[0]));
    }

    @Test
    void aBufferOfThisKindIsNotCopied() {
        HostBuffer buffer = HostBuffer.allocate(TYPE);
        assertThat(HostBuffer.of(buffer)).isSameAs(buffer);
    }

    @Test
    void aBufferOfAnotherKindIsCopied() {
        Buffer other = new Buffer() {
            @Override
            public TensorType type() {
                return TYPE;
            }

            @Override
            public void read(MemorySegment target) {
                target.copyFrom(MemorySegment.ofArray(new float[] {5, 6, 7}));
            }
        };
        float[] read = new float[3];
        HostBuffer.of(other).read(MemorySegment.ofArray(read));
        assertThat(read).containsExactly(5, 6, 7);
    }
}

package dev.cajal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.type.Bytes;
import dev.cajal.type.CajalException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryPoolTest {
    private static final long MEGABYTE = 1L << 20;

    @Test
    void blocksAreAlignedAndAsLongAsAsked() {
        MemoryPool pool = MemoryPool.of(100 * MEGABYTE);
        for (long bytes : new long[] {0, 1, 63, 64, 65, 1000, 16384, 16385, 100_000, 3 * MEGABYTE}) {
            MemorySegment segment = pool.lease(bytes).segment();
            assertThat(segment.byteSize()).isEqualTo(bytes);
            assertThat(segment.address() % 64).isZero();
        }
    }

    @Test
    void memoryIsUsedAgain() {
        MemoryPool pool = MemoryPool.of(100 * MEGABYTE);
        for (long bytes : new long[] {16, 5000, MEGABYTE}) {
            MemoryPool.Lease first = pool.lease(bytes);
            long address = first.segment().address();
            first.close();
            assertThat(pool.lease(bytes).segment().address()).isEqualTo(address);
        }
    }

    @Test
    void closingTwiceIsHarmless() {
        MemoryPool pool = MemoryPool.of(100 * MEGABYTE);
        MemoryPool.Lease lease = pool.lease(1000);
        lease.close();
        lease.close();
        assertThat(pool.statistics().leases()).isZero();
        assertThat(pool.statistics().used()).isZero();
        assertThat(pool.lease(1000).segment().address()).isNotEqualTo(pool.lease(1000).segment().address());
    }

    @Test
    void statistics() {
        MemoryPool pool = MemoryPool.of(100 * MEGABYTE);
        MemoryPool.Lease small = pool.lease(100);
        MemoryPool.Lease large = pool.lease(MEGABYTE);
        assertThat(pool.statistics())
                .isEqualTo(new MemoryPool.Statistics(100 * MEGABYTE, 128 + MEGABYTE, MEGABYTE / 4 + MEGABYTE, 2, 0));
        small.close();
        large.close();
        assertThat(pool.statistics())
                .isEqualTo(new MemoryPool.Statistics(100 * MEGABYTE, 0, MEGABYTE / 4 + MEGABYTE, 0, 0));
    }

    @Test
    void theBudgetIsKept() {
        MemoryPool pool = MemoryPool.of(10 * MEGABYTE);
        List<MemoryPool.Lease> held = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            held.add(pool.lease(MEGABYTE));
        }
        assertThatThrownBy(() -> pool.lease(2 * MEGABYTE))
                .isInstanceOf(CajalException.class)
                .hasMessage(
                        "A tensor needs 2.0 MB of memory, but 10.0 MB of the budget of 10.0 MB are in use. Use a smaller "
                                + "batch or model, keep fewer tensors, or, if the machine has more, allow it with "
                                + "-Dcajal.memory=20m.")
                .extracting(e -> ((CajalException) e).code())
                .isEqualTo("memory.exhausted");
        assertThatThrownBy(() -> pool.lease(100)).isInstanceOf(CajalException.class);
        held.getLast().close();
        assertThat(pool.lease(MEGABYTE).segment().byteSize()).isEqualTo(MEGABYTE);
        assertThat(pool.statistics().reserved()).isLessThanOrEqualTo(10 * MEGABYTE);
    }

    @Test
    void moreThanTheWholeBudgetIsRefused() {
        assertThatThrownBy(() -> MemoryPool.of(MEGABYTE).lease(1L << 50))
                .isInstanceOf(CajalException.class)
                .hasMessageStartingWith("A tensor needs 1024.0 TB of memory");
        assertThatThrownBy(() -> MemoryPool.of(MEGABYTE).lease(Long.MAX_VALUE)).isInstanceOf(CajalException.class);
    }

    @Test
    void whatIsKeptForLaterMakesRoomForOtherSizes() {
        MemoryPool pool = MemoryPool.of(10 * MEGABYTE);
        for (long bytes : new long[] {MEGABYTE, 3 * MEGABYTE, 500, 10_000, 9 * MEGABYTE}) {
            List<MemoryPool.Lease> held = new ArrayList<>();
            for (long taken = 0; taken + bytes <= 9 * MEGABYTE; taken += SizeClasses.round(bytes)) {
                held.add(pool.lease(bytes));
            }
            held.forEach(MemoryPool.Lease::close);
        }
        assertThat(pool.statistics().collections()).isZero();
    }

    @Test
    void whatNobodyRefersToMakesRoom() {
        MemoryPool pool = MemoryPool.of(10 * MEGABYTE);
        for (int i = 0; i < 100; i++) {
            pool.lease(MEGABYTE).closeWith(new Object());
        }
        assertThat(pool.statistics().collections()).isPositive();
    }

    @Test
    void anOwnerKeepsItsMemory() {
        MemoryPool pool = MemoryPool.of(10 * MEGABYTE);
        Object owner = new Object();
        MemoryPool.Lease kept = pool.lease(MEGABYTE);
        kept.closeWith(owner);
        kept.segment().fill((byte) 7);
        for (int i = 0; i < 50; i++) {
            MemoryPool.Lease other = pool.lease(MEGABYTE);
            other.closeWith(new Object());
            other.segment().fill((byte) 1);
        }
        assertThat(kept.segment().get(ValueLayout.JAVA_BYTE, 12345)).isEqualTo((byte) 7);
        Reference.reachabilityFence(owner);
    }

    @Test
    void anInterruptedThreadGetsItsMemoryAndKeepsItsInterrupt() {
        MemoryPool pool = MemoryPool.of(10 * MEGABYTE);
        Thread.currentThread().interrupt();
        try {
            for (int i = 0; i < 30; i++) {
                pool.lease(MEGABYTE).closeWith(new Object());
            }
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /// Each block is filled with its own number; if two overlapped, one of them would be overwritten.
    @Test
    void blocksThatAreInUseNeverOverlap() {
        MemoryPool pool = MemoryPool.of(200 * MEGABYTE);
        List<Integer> overwritten = IntStream.range(0, 4)
                .parallel()
                .mapToObj(thread -> overwritten(pool, thread))
                .toList();
        assertThat(overwritten).containsOnly(0);
        assertThat(pool.statistics().leases()).isZero();
        assertThat(pool.statistics().used()).isZero();
    }

    private static int overwritten(MemoryPool pool, int seed) {
        Random random = new Random(seed);
        List<MemoryPool.Lease> held = new ArrayList<>();
        List<Long> marks = new ArrayList<>();
        int overwritten = 0;
        for (int i = 0; i < 20_000; i++) {
            if (held.size() < 200 && random.nextInt(5) < 3) {
                MemoryPool.Lease lease = pool.lease(8 * random.nextLong(1, 1L << random.nextInt(1, 15)));
                long mark = random.nextLong();
                mark(lease.segment(), mark);
                held.add(lease);
                marks.add(mark);
            } else if (!held.isEmpty()) {
                int chosen = random.nextInt(held.size());
                MemoryPool.Lease lease = held.remove(chosen);
                overwritten += isMarked(lease.segment(), marks.remove(chosen)) ? 0 : 1;
                lease.close();
            }
        }
        held.forEach(MemoryPool.Lease::close);
        return overwritten;
    }

    private static void mark(MemorySegment segment, long mark) {
        for (long i = 0; i < segment.byteSize() / 8; i++) {
            segment.setAtIndex(ValueLayout.JAVA_LONG, i, mark + i);
        }
    }

    private static boolean isMarked(MemorySegment segment, long mark) {
        for (long i = 0; i < segment.byteSize() / 8; i++) {
            if (segment.getAtIndex(ValueLayout.JAVA_LONG, i) != mark + i) {
                return false;
            }
        }
        return true;
    }

    @Test
    void budgetsAreStatedInBytesOrUnits() {
        assertThat(MemoryBudget.parse("123456")).isEqualTo(123456);
        assertThat(MemoryBudget.parse("800m")).isEqualTo(800 * MEGABYTE);
        assertThat(MemoryBudget.parse(" 4G ")).isEqualTo(4L << 30);
        assertThat(MemoryBudget.parse("2t")).isEqualTo(2L << 40);
        assertThat(MemoryBudget.parse("64k")).isEqualTo(65536);
        for (String text : new String[] {"", "g", "0", "-4g", "4 gigabytes", "1.5g", "99999999999t"}) {
            assertThatThrownBy(() -> MemoryBudget.parse(text))
                    .isInstanceOf(CajalException.class)
                    .hasMessageStartingWith("The system property cajal.memory is '" + text + "'");
        }
    }

    @Test
    void theMachineHasMemory() {
        assertThat(MemoryBudget.ofSystem()).isGreaterThan(100 * MEGABYTE);
        assertThat(MemoryPool.shared().statistics().budget()).isPositive();
    }

    @Test
    void sizesForMessages() {
        assertThat(Bytes.format(0)).isEqualTo("0 bytes");
        assertThat(Bytes.format(1023)).isEqualTo("1023 bytes");
        assertThat(Bytes.format(1536)).isEqualTo("1.5 KB");
        assertThat(Bytes.format(3L << 30)).isEqualTo("3.0 GB");
    }
}

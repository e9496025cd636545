package dev.cajal.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PictureMemoryTest {
    private static final int MB = 1 << 20;

    @Test
    void whoNeedsMoreThanIsLeftWaits() throws Exception {
        var memory = new PictureMemory(10 * MB);
        var taken = new AtomicInteger();
        var most = new AtomicInteger();
        List<Future<Integer>> all = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 60; i++) {
                int part = 1 + i % 7;
                Callable<Integer> work = () -> memory.take((long) part * MB, () -> {
                    most.accumulateAndGet(taken.addAndGet(part), Math::max);
                    Thread.yield();
                    taken.addAndGet(-part);
                    return part;
                });
                all.add(threads.submit(work));
            }
            for (int i = 0; i < all.size(); i++) {
                assertThat(all.get(i).get()).isEqualTo(1 + i % 7);
            }
        }
        assertThat(most.get()).isLessThanOrEqualTo(10);
    }

    @Test
    void whatIsMoreThanAllIsKnownBefore() {
        var memory = new PictureMemory(10 * MB);
        assertThat(memory.megabytes()).isEqualTo(10);
        assertThat(memory.suffices(10 * MB)).isTrue();
        assertThat(memory.suffices(10 * MB + 1)).isFalse();
    }
}

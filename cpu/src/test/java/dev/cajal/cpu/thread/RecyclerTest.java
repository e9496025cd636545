package dev.cajal.cpu.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class RecyclerTest {
    @Test
    void aThreadGetsWhatItHadBefore() throws ExecutionException, InterruptedException {
        Recycler<Object> recycler = new Recycler<>(Object::new);
        try (ExecutorService one = Executors.newSingleThreadExecutor();
                ExecutorService other = Executors.newSingleThreadExecutor()) {
            Object first = one.submit(recycler::take).get();
            Object second = other.submit(recycler::take).get();
            one.submit(() -> recycler.give(first)).get();
            other.submit(() -> recycler.give(second)).get();
            assertThat(other.submit(recycler::take).get()).isSameAs(second);
            assertThat(one.submit(recycler::take).get()).isSameAs(first);
        }
    }

    @Test
    void whatOneThreadLeavesAnotherTakes() throws ExecutionException, InterruptedException {
        Recycler<Object> recycler = new Recycler<>(Object::new);
        Object object = recycler.take();
        recycler.give(object);
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            assertThat(other.submit(recycler::take).get()).isSameAs(object);
        }
    }
}

package dev.cajal.cpu.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerPoolTest {
    @Test
    void everyTaskIsDoneExactlyOnce() {
        for (int threads : new int[] {1, 2, 3, 8}) {
            try (WorkerPool pool = WorkerPool.withThreads(threads)) {
                for (int tasks = 0; tasks < 200; tasks++) {
                    AtomicIntegerArray done = new AtomicIntegerArray(Math.max(1, tasks));
                    pool.run(tasks, done::getAndIncrement);
                    for (int i = 0; i < tasks; i++) {
                        assertThat(done.get(i)).as("task %s of %s on %s threads", i, tasks, threads).isEqualTo(1);
                    }
                }
            }
        }
    }

    @Test
    void manyShortRunsSeeOneAnothersResults() {
        try (WorkerPool pool = WorkerPool.withThreads(4)) {
            long[] cells = new long[8];
            for (int round = 0; round < 50_000; round++) {
                int expected = round;
                pool.run(cells.length, task -> {
                    if (cells[task] != expected) {
                        throw new AssertionError("task " + task + " found " + cells[task] + " in round " + expected);
                    }
                    cells[task]++;
                });
            }
            assertThat(cells).containsOnly(50_000);
        }
    }

    @Test
    void aThreadHasTheSameTasksInEachRun() {
        int count = 3;
        try (WorkerPool pool = WorkerPool.withThreads(count)) {
            Thread[] first = new Thread[count];
            for (int round = 0; round < 200; round++) {
                CountDownLatch all = new CountDownLatch(count);
                Thread[] now = new Thread[count];
                pool.run(count, task -> {
                    now[task] = Thread.currentThread();
                    all.countDown();
                    awaitQuietly(all); // so that none can do another's
                });
                if (round == 0) {
                    System.arraycopy(now, 0, first, 0, count);
                }
                assertThat(now).containsExactly(first);
            }
        }
    }

    @Test
    void aThreadThatIsDoneHelpsOthers() {
        try (WorkerPool pool = WorkerPool.withThreads(2)) {
            for (int round = 0; round < 50; round++) {
                CountDownLatch helped = new CountDownLatch(3);
                // Whoever has the first task of the second half waits until all others are done.
                pool.run(4, task -> {
                    if (task == 2) {
                        awaitQuietly(helped);
                    } else {
                        helped.countDown();
                    }
                });
                assertThat(helped.getCount()).isZero();
            }
        }
    }

    @Test
    void severalThreadsWorkAtATime() throws InterruptedException {
        try (WorkerPool pool = WorkerPool.withThreads(3)) {
            CountDownLatch all = new CountDownLatch(3);
            Set<Thread> threads = ConcurrentHashMap.newKeySet();
            pool.run(3, _ -> {
                threads.add(Thread.currentThread());
                all.countDown();
                awaitQuietly(all); // returns only when three threads are in it
            });
            assertThat(threads).hasSize(3).contains(Thread.currentThread());
            assertThat(threads).filteredOn(t -> t != Thread.currentThread()).allMatch(Thread::isDaemon);
        }
    }

    @Test
    void parkedWorkersWakeUp() throws InterruptedException {
        try (WorkerPool pool = WorkerPool.withThreads(2)) {
            for (int round = 0; round < 20; round++) {
                Thread.sleep(2); // far beyond the spinning
                CountDownLatch both = new CountDownLatch(2);
                pool.run(2, _ -> {
                    both.countDown();
                    awaitQuietly(both);
                });
            }
        }
    }

    @Test
    void runsInsideTasksAreDoneByTheTasksThread() {
        try (WorkerPool pool = WorkerPool.withThreads(3)) {
            AtomicInteger sum = new AtomicInteger();
            pool.run(10, outer -> {
                Thread thread = Thread.currentThread();
                pool.run(10, inner -> {
                    assertThat(Thread.currentThread()).isSameAs(thread);
                    sum.addAndGet(10 * outer + inner);
                });
            });
            assertThat(sum).hasValue(99 * 100 / 2);
        }
    }

    @Test
    void severalCallersAtATime() throws InterruptedException {
        try (WorkerPool pool = WorkerPool.withThreads(2)) {
            AtomicInteger done = new AtomicInteger();
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                callers.add(Thread.ofPlatform().start(() -> {
                    for (int round = 0; round < 2000; round++) {
                        pool.run(7, _ -> done.incrementAndGet());
                    }
                }));
            }
            for (Thread caller : callers) {
                caller.join();
            }
            assertThat(done).hasValue(4 * 2000 * 7);
        }
    }

    @Test
    void aFailureOfATaskReachesTheCallerAndThePoolGoesOn() {
        try (WorkerPool pool = WorkerPool.withThreads(3)) {
            for (int round = 0; round < 200; round++) {
                int bad = round % 9;
                assertThatThrownBy(() -> pool.run(9, task -> {
                    if (task == bad) {
                        throw new IllegalStateException("task " + bad);
                    }
                })).isInstanceOf(IllegalStateException.class).hasMessage("task " + bad);
            }
            assertThatThrownBy(() -> pool.run(5, _ -> {
                throw new StackOverflowError();
            })).isInstanceOf(StackOverflowError.class);
            AtomicInteger done = new AtomicInteger();
            pool.run(100, _ -> done.incrementAndGet());
            assertThat(done).hasValue(100);
        }
    }

    @Test
    void anInterruptNeitherHangsNorGetsLost() {
        try (WorkerPool pool = WorkerPool.withThreads(2)) {
            CountDownLatch both = new CountDownLatch(2);
            Thread.currentThread().interrupt();
            AtomicInteger done = new AtomicInteger();
            Thread caller = Thread.currentThread();
            pool.run(2, _ -> {
                both.countDown();
                if (Thread.currentThread() != caller) {
                    long end = System.nanoTime() + 5_000_000; // so that the caller has to park
                    while (System.nanoTime() < end) {
                        Thread.onSpinWait();
                    }
                }
                done.incrementAndGet();
            });
            assertThat(Thread.interrupted()).isTrue();
            assertThat(done).hasValue(2);
        }
    }

    @Test
    void theNumberOfThreadsMayChangeBetweenRuns() {
        try (WorkerPool pool = WorkerPool.withThreads(1)) {
            for (int threads : new int[] {4, 2, 3, 1, 2}) {
                pool.resize(threads);
                assertThat(pool.threads()).isEqualTo(threads);
                Set<Thread> seen = ConcurrentHashMap.newKeySet();
                for (int round = 0; round < 100; round++) {
                    pool.run(50, _ -> seen.add(Thread.currentThread()));
                }
                assertThat(seen).hasSizeLessThanOrEqualTo(threads + 1); // one may have ended meanwhile
            }
            assertThatThrownBy(() -> pool.resize(0)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            // Far longer than any thread has to wait for a processor: a pool that is wrong fails, and does not hang.
            assertThat(latch.await(1, TimeUnit.MINUTES)).as("all came").isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

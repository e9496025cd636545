package dev.cajal.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cajal.cpu.Twin.State;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TwinTest {
    private static final Runnable SLOW = () -> LockSupport.parkNanos(2_000_000);
    private static final Runnable FAST = () -> {
    };

    /// Longer than it takes to use a twin often.
    private static final long MILLISECOND = 1_000_000;

    @BeforeEach
    void vectors() {
        assumeTrue(Lanes.available(), "no Vector API");
    }

    /// A trial in which what waits is slow and what does nothing is fast.
    private static Trial<Runnable> trial(Consumer<Runnable> body) {
        return new Trial<>() {
            @Override
            public void run(Runnable kernel) {
                body.accept(kernel);
            }

            @Override
            public void probe(Runnable kernel) {
                body.accept(kernel);
            }

            @Override
            public long instructions() {
                return 100_000;
            }
        };
    }

    @Test
    void theVectorFormTakesOverWhenItIsMadeAndIsNotComparedWhereItIsFast() throws InterruptedException {
        AtomicInteger scalarRuns = new AtomicInteger();
        Twin<Runnable> twin = Twin.of("test", SLOW, () -> FAST, trial(kernel -> {
            kernel.run();
            if (kernel == SLOW) {
                scalarRuns.incrementAndGet();
            }
        }), 1);
        await(twin);
        assertThat(twin.state()).isEqualTo(State.VECTOR);
        assertThat(twin.kernel()).isSameAs(FAST);
        Thread.sleep(50);
        assertThat(scalarRuns).hasValue(0);
    }

    @Test
    void theScalarFormWorksAgainWhereTheVectorFormDidNotBecomeFast() throws InterruptedException {
        Twin<Runnable> twin = Twin.of("a test of a kernel that is slow", FAST, () -> SLOW, trial(Runnable::run),
                MILLISECOND);
        await(twin);
        while (twin.state() == State.VECTOR) {
            use(twin);
        }
        assertThat(twin.state()).isEqualTo(State.SLOW);
        assertThat(twin.kernel()).isSameAs(FAST);
    }

    @Test
    void theVectorFormIsNotComparedBeforeItsTime() throws InterruptedException {
        Twin<Runnable> twin = Twin.of("test", FAST, () -> SLOW, trial(Runnable::run));
        await(twin);
        assertThat(twin.kernel()).isSameAs(SLOW);
    }

    @Test
    void theVectorFormStaysWhereTheScalarFormIsSlowerStill() throws InterruptedException {
        AtomicInteger scalarRuns = new AtomicInteger();
        Runnable slower = () -> LockSupport.parkNanos(5_000_000);
        Twin<Runnable> twin = Twin.of("test", slower, () -> SLOW, trial(kernel -> {
            kernel.run();
            if (kernel == slower) {
                scalarRuns.incrementAndGet();
            }
        }), MILLISECOND);
        while (scalarRuns.get() == 0) {
            use(twin);
        }
        Thread.sleep(100);
        assertThat(twin.state()).isEqualTo(State.VECTOR);
    }

    @Test
    void aVectorFormThatHardlyWorksIsNotLookedAt() throws InterruptedException {
        AtomicInteger scalarRuns = new AtomicInteger();
        Twin<Runnable> twin = Twin.of("test", FAST, () -> SLOW, trial(kernel -> {
            kernel.run();
            if (kernel == FAST) {
                scalarRuns.incrementAndGet();
            }
        }), 1);
        await(twin);
        assertThat(twin.kernel()).isSameAs(SLOW);
        Thread.sleep(50);
        assertThat(twin.state()).isEqualTo(State.VECTOR);
        assertThat(scalarRuns).hasValue(0);
    }

    @Test
    void theScalarFormStaysWhereThereIsNoVectorForm() {
        Twin<Runnable> twin = Twin.scalar("test", SLOW);
        assertThat(twin.state()).isEqualTo(State.SCALAR);
        assertThat(twin.kernel()).isSameAs(SLOW);
    }

    @Test
    void theScalarFormStaysWhereTheVectorFormFails() throws InterruptedException {
        Twin<Runnable> unmade = Twin.of("a test of a kernel that cannot be made", SLOW, () -> {
            throw new IllegalStateException("cannot be made");
        }, trial(Runnable::run));
        Twin<Runnable> broken = Twin.of("a test of a kernel that cannot run", SLOW, () -> FAST, trial(kernel -> {
            if (kernel == FAST) {
                throw new NoSuchMethodError("cannot run");
            }
        }));
        // One that comes later is not held up.
        Twin<Runnable> later = Twin.of("test", SLOW, () -> FAST, trial(Runnable::run));
        await(unmade);
        await(broken);
        await(later);
        assertThat(unmade.state()).isEqualTo(State.SLOW);
        assertThat(broken.state()).isEqualTo(State.SLOW);
        assertThat(broken.kernel()).isSameAs(SLOW);
        assertThat(later.kernel()).isSameAs(FAST);
    }

    /// Asks for the kernel as a plan that works does.
    private static void use(Twin<?> twin) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            twin.kernel();
        }
        Thread.sleep(1);
    }

    private static void await(Twin<?> twin) throws InterruptedException {
        while (twin.state() == State.WARMING) {
            Thread.sleep(1);
        }
    }
}

package dev.cajal.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cajal.cpu.Twin.State;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TwinTest {
    private static final Runnable SLOW = () -> LockSupport.parkNanos(2_000_000);
    private static final Runnable FAST = () -> {
    };

    @BeforeEach
    void vectors() {
        assumeTrue(Lanes.available(), "no Vector API");
    }

    @Test
    void theVectorFormTakesOverWhenItIsMadeAndStaysWhereItIsFaster() throws InterruptedException {
        CountDownLatch compared = new CountDownLatch(2);
        Twin<Runnable> twin = Twin.of("test", SLOW, () -> FAST, kernel -> {
            kernel.run();
            if (kernel == SLOW) {
                compared.countDown();
            }
        }, 1);
        await(twin);
        compared.await();
        assertThat(twin.state()).isEqualTo(State.VECTOR);
        assertThat(twin.kernel()).isSameAs(FAST);
    }

    @Test
    void theScalarFormWorksAgainWhereTheVectorFormWasNotFaster() throws InterruptedException {
        // The roles are changed: the form that waits is the vector one.
        Twin<Runnable> twin = Twin.of("a test of a kernel that is slow", FAST, () -> SLOW, Runnable::run, 1);
        await(twin);
        while (twin.state() == State.VECTOR) {
            Thread.sleep(1);
        }
        assertThat(twin.state()).isEqualTo(State.SLOW);
        assertThat(twin.kernel()).isSameAs(FAST);
    }

    @Test
    void theVectorFormIsNotComparedBeforeItsTime() throws InterruptedException {
        Twin<Runnable> twin = Twin.of("test", FAST, () -> SLOW, Runnable::run);
        await(twin);
        assertThat(twin.kernel()).isSameAs(SLOW);
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
        }, Runnable::run);
        Twin<Runnable> broken = Twin.of("a test of a kernel that cannot run", SLOW, () -> FAST, kernel -> {
            if (kernel == FAST) {
                throw new NoSuchMethodError("cannot run");
            }
        });
        // One that comes later is not held up.
        Twin<Runnable> later = Twin.of("test", SLOW, () -> FAST, Runnable::run);
        await(unmade);
        await(broken);
        await(later);
        assertThat(unmade.state()).isEqualTo(State.SLOW);
        assertThat(broken.state()).isEqualTo(State.SLOW);
        assertThat(broken.kernel()).isSameAs(SLOW);
        assertThat(later.kernel()).isSameAs(FAST);
    }

    private static void await(Twin<?> twin) throws InterruptedException {
        while (twin.state() == State.WARMING) {
            Thread.sleep(1);
        }
    }
}

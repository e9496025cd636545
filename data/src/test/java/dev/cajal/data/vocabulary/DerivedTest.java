package dev.cajal.data.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DerivedTest {
    private record Names(List<String> names) {}

    @Test
    void itIsMadeOnceForARecord() {
        AtomicInteger made = new AtomicInteger();
        Derived<Names, String> joined = new Derived<>(
                names -> String.join(" ", names.names()) + made.incrementAndGet());
        Names names = new Names(List.of("a", "b"));
        assertThat(joined.of(names)).isEqualTo("a b1");
        assertThat(joined.of(names)).isEqualTo("a b1");
        assertThat(joined.of(new Names(List.of("a", "b")))).isEqualTo("a b2");
        assertThat(joined.of(names)).isEqualTo("a b1");
    }

    @Test
    void itDoesNotKeepTheRecord() throws InterruptedException {
        Derived<Names, Integer> sizes = new Derived<>(names -> names.names().size());
        Names names = new Names(List.of("a"));
        assertThat(sizes.of(names)).isOne();
        WeakReference<Names> kept = new WeakReference<>(names);
        names = null;
        for (int i = 0; i < 100 && kept.get() != null; i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(kept.get()).isNull();
    }
}

package dev.cajal.data.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongTableTest {
    @Test
    void itIsAMap() {
        LongTable table = new LongTable();
        Map<Long, Integer> map = new HashMap<>();
        Random random = new Random(3);
        for (int i = 0; i < 5000; i++) {
            long key = random.nextLong() >> random.nextInt(64);
            table.put(key, i);
            map.put(key, i);
        }
        map.forEach((key, value) -> assertThat(table.get(key)).isEqualTo(value));
        assertThat(random.longs(1000).filter(key -> !map.containsKey(key)))
                .allMatch(key -> table.get(key) == LongTable.NONE);
    }
}

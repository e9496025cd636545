package dev.cajal.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.type.CajalException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BytePairLearnerTest {
    private static String word(Random random, String letters, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append(letters.charAt(random.nextInt(letters.length())));
        }
        return word.toString();
    }

    @Test
    void theMergesAreThoseOfTheSlowWay() {
        Random random = new Random(1);
        for (int round = 0; round < 300; round++) {
            String letters = "abcdefgh".substring(0, 1 + round % 8);
            List<String> words = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(40); i++) {
                words.add(word(random, letters, random.nextInt(round % 3 == 0 ? 60 : 9)));
            }
            assertThat(BytePairLearner.learn(words, 200)).as("%s", words).isEqualTo(SlowPairLearner.learn(words, 200));
            assertThat(BytePairLearner.learn(words, 3)).isEqualTo(SlowPairLearner.learn(words, 3));
        }
    }

    @Test
    void aTextOfRealWords() {
        String text = "It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness";
        List<String> words = List.of(text.repeat(3).replace(' ', 'Ġ').split("(?=Ġ)"));
        assertThat(BytePairLearner.learn(words, 500)).isEqualTo(SlowPairLearner.learn(words, 500));
    }

    /// The slow way takes minutes.
    @Test
    @Timeout(60)
    void aWordMayBeAsLongAsAText() {
        assertThat(BytePairs.learn(word(new Random(2), "ACGT", 1_000_000), 600).size()).isEqualTo(600);
    }

    @Test
    void learningEndsWhenTheThreadIsInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> BytePairLearner.learn(List.of("abab"), 3)).isInstanceOf(CajalException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}

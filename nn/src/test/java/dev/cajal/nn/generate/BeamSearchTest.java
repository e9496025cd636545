package dev.cajal.nn.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.nn.example.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BeamSearchTest {
    private static final Tokenizer LETTERS = new GeneratorTest.Letters(3);
    /// Letters, padding, beginning and end.
    private static final int TOKENS = 6;
    private static final int MOST = 4;

    /// Log probabilities of each token behind each text.
    private interface Language {
        float[] after(int[] text);
    }

    private static Language random(int seed) {
        return text -> {
            Random random = new Random(31L * Arrays.hashCode(text) + seed);
            double[] weights = random.doubles(TOKENS).map(x -> Math.exp(3 * x)).toArray();
            double all = Arrays.stream(weights).sum();
            float[] logs = new float[TOKENS];
            for (int i = 0; i < TOKENS; i++) {
                logs[i] = (float) Math.log(weights[i] / all);
            }
            return logs;
        };
    }

    private static int[] search(Language language, Beam beam) {
        return search(language, BeamSearch.of(beam, LETTERS, MOST), beam.width());
    }

    private static int[] search(Language language, BeamSearch search, int width) {
        while (!search.alive().isEmpty()) {
            assertThat(search.alive()).hasSizeLessThanOrEqualTo(width);
            // There are numbers of others before and behind.
            float[] all = new float[(search.alive().size() + 2) * TOKENS];
            for (int i = 0; i < search.alive().size(); i++) {
                System.arraycopy(language.after(search.alive().get(i).tokens()), 0, all, (i + 1) * TOKENS, TOKENS);
            }
            search.step(all, TOKENS, TOKENS);
        }
        return search.result();
    }

    private record Ended(int[] text, double logProbability) {}

    private static List<Ended> allEnded(Language language, int[] text, double logProbability) {
        float[] after = language.after(text);
        List<Ended> ended = new ArrayList<>(
                List.of(new Ended(text, logProbability + after[LETTERS.end()])));
        if (text.length < MOST - 1) {
            for (int letter = 0; letter < LETTERS.size(); letter++) {
                int[] more = Arrays.copyOf(text, text.length + 1);
                more[text.length] = letter;
                ended.addAll(allEnded(language, more, logProbability + after[letter]));
            }
        }
        return ended;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void aBeamAsWideAsAllTextsFindsTheBest(int seed) {
        Language language = random(seed);
        for (double penalty : new double[] {0, 0.6, 2}) {
            Beam beam = Beam.of(200).withPenalty(penalty);
            int[] best = allEnded(language, new int[0], 0).stream()
                    .max(Comparator.comparingDouble(each -> beam.score(each.logProbability(), each.text().length + 1)))
                    .orElseThrow().text();
            assertThat(search(language, beam)).containsExactly(best);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aBeamOfOneTakesTheMostProbableTokenAlways(int seed) {
        Language language = random(seed);
        List<Integer> text = new ArrayList<>();
        while (text.size() < MOST) {
            float[] after = language.after(text.stream().mapToInt(Integer::intValue).toArray());
            after[LETTERS.filler()] = Float.NEGATIVE_INFINITY;
            after[LETTERS.beginning()] = Float.NEGATIVE_INFINITY;
            int best = 0;
            for (int i = 1; i < TOKENS; i++) {
                best = after[i] > after[best] ? i : best;
            }
            if (best == LETTERS.end()) {
                break;
            }
            text.add(best);
        }
        assertThat(search(language, Beam.greedy())).containsExactly(
                text.stream().mapToInt(Integer::intValue).toArray());
    }

    /// The first token that seems best leads to nothing good.
    @Test
    void aWiderBeamFindsWhatGreedHasNotFound() {
        Language language = text -> {
            float[] after = new float[TOKENS];
            Arrays.fill(after, -20);
            if (text.length == 0) {
                after[0] = -0.6f;
                after[1] = -0.8f;
            } else if (text[0] == 0) {
                Arrays.fill(after, -1.8f);
            } else {
                after[text.length == 1 ? 2 : LETTERS.end()] = -0.01f;
            }
            return after;
        };
        assertThat(search(language, Beam.greedy())).startsWith(0);
        assertThat(search(language, Beam.of(2))).containsExactly(1, 2);
    }

    @Test
    void theUnknownTokenIsNeverChosen() {
        Tokenizer tokenizer = new GeneratorTest.Strangers(3, 1);
        Language language = text -> new float[] {-3, -0.1f, -2.5f, -4, -4, text.length == 0 ? -9 : -2};
        for (int width : new int[] {1, 2, 5}) {
            assertThat(search(language, BeamSearch.of(Beam.of(width), tokenizer, MOST), width)).containsExactly(2);
        }
    }

    @Test
    void aPenaltyFavoursLongerTexts() {
        // After each letter the end is as probable as another letter.
        Language language = text -> {
            float[] after = new float[TOKENS];
            Arrays.fill(after, -20);
            after[0] = text.length == 0 ? -0.1f : -0.7f;
            after[LETTERS.end()] = text.length == 0 ? -3 : -0.7f;
            return after;
        };
        assertThat(search(language, Beam.of(4).withPenalty(0))).containsExactly(0);
        assertThat(search(language, Beam.of(4).withPenalty(9))).containsExactly(0, 0, 0);
    }

    /// The end is the most probable token, but the text goes on to the length that is asked for.
    @Test
    void aTextWithoutAnEndIsAsLongAsItShallBe() {
        float[] after = {-3, -0.9f, -4, -4, -4, -0.5f};
        assertThat(search(_ -> after, BeamSearch.endless(Beam.of(2), LETTERS, 3), 2)).containsExactly(1, 1, 1);
    }

    @Test
    void mistakesAreExplained() {
        assertThatThrownBy(() -> Beam.of(0)).hasMessageContaining("width of a beam").hasMessageContaining("0");
        assertThatThrownBy(() -> Beam.of(2).withPenalty(-1)).hasMessageContaining("length penalty");
    }
}

package dev.cajal.nn.generate;

import dev.cajal.nn.example.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The search for the most probable continuation of one text, several beginnings at a time. At each step each beginning is continued by its most probable tokens; of all these the best
/// ones live on. What comes to its end among the best is finished; the search ends when there are as many finished texts as beginnings that are followed, or texts are as long as they may be.
///
/// B. T. Lowerre, *The HARPY Speech Recognition System*, 1976; I. Sutskever, O. Vinyals, Q. V. Le, *Sequence to Sequence Learning with Neural Networks*, 2014.
final class BeamSearch {
    private static final Comparator<Candidate> BEST_FIRST = Comparator.comparingDouble(Candidate::logProbability)
            .reversed();

    private static final int NO_END = -1;

    private final Beam beam;
    private final int end;
    private final NeverWritten neverWritten;
    private final int most;
    private final List<Hypothesis> finished = new ArrayList<>();
    /// The best one first.
    private List<Hypothesis> alive = List.of(new Hypothesis(0, new int[0], 0));

    /// A text so far.
    ///
    /// @param parent the number of the beginning that it continues, of those before the last step
    /// @param tokens without the end
    /// @param logProbability of all its tokens
    record Hypothesis(int parent, int[] tokens, double logProbability) {
        int last() {
            return tokens[tokens.length - 1];
        }
    }

    private record Candidate(int parent, int token, double logProbability) {}

    private BeamSearch(Beam beam, int end, NeverWritten neverWritten, int most) {
        this.beam = beam;
        this.end = end;
        this.neverWritten = neverWritten;
        this.most = most;
    }

    /// A search for a text that comes to its end.
    ///
    /// @param tokenizer knows the token that ends a text, and those that are never written
    /// @param most tokens that a text may have
    static BeamSearch of(Beam beam, Tokenizer tokenizer, int most) {
        return new BeamSearch(beam, tokenizer.end(), NeverWritten.of(tokenizer), most);
    }

    /// A search for a text without an end, which is cut off.
    ///
    /// @param tokenizer knows the tokens that are never written
    /// @param length tokens that the text shall have
    static BeamSearch endless(Beam beam, Tokenizer tokenizer, int length) {
        return new BeamSearch(beam, NO_END, NeverWritten.endless(tokenizer), length);
    }

    /// The beginnings that are to be continued, the best one first; none when the search is over.
    List<Hypothesis> alive() {
        return finished.size() >= beam.width() ? List.of() : alive;
    }

    /// Continues each beginning.
    ///
    /// @param logProbabilities of each token behind each of [#alive], one behind the other
    /// @param from where they begin
    /// @param tokens how many there are
    void step(float[] logProbabilities, int from, int tokens) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < alive.size(); i++) {
            for (int token : best(logProbabilities, from + i * tokens, tokens)) {
                double own = logProbabilities[from + i * tokens + token];
                candidates.add(new Candidate(i, token, alive.get(i).logProbability() + own));
            }
        }
        // Stable, so that of equally probable ones the first beginning and token come first.
        candidates.sort(BEST_FIRST);
        List<Hypothesis> next = new ArrayList<>();
        for (int rank = 0; rank < candidates.size() && next.size() < beam.width(); rank++) {
            Candidate candidate = candidates.get(rank);
            int[] before = alive.get(candidate.parent()).tokens();
            if (candidate.token() != end) {
                int[] more = Arrays.copyOf(before, before.length + 1);
                more[before.length] = candidate.token();
                next.add(new Hypothesis(candidate.parent(), more, candidate.logProbability()));
            } else if (rank < beam.width()) {
                finished.add(new Hypothesis(candidate.parent(), before, candidate.logProbability()));
            }
        }
        boolean isFull = next.isEmpty() || next.getFirst().tokens().length >= most;
        if (isFull && finished.isEmpty()) {
            finished.addAll(next);
        }
        alive = isFull ? List.of() : next;
    }

    /// The living texts behind what all of them continue, each one whole: as many as are asked for, the best one again in place of those that are not there.
    int[][] texts(int[] prompt, int count) {
        return IntStream.range(0, count).mapToObj(i -> {
            int[] tokens = alive.get(i < alive.size() ? i : 0).tokens();
            int[] text = Arrays.copyOf(prompt, prompt.length + tokens.length);
            System.arraycopy(tokens, 0, text, prompt.length, tokens.length);
            return text;
        }).toArray(int[][]::new);
    }

    /// The tokens of the largest numbers that may be written, the largest one first, of equal ones the first; the end may be among them, so one more than beginnings are followed.
    private int[] best(float[] numbers, int from, int count) {
        int[] best = new int[Math.min(count, beam.width() + 1)];
        int found = 0;
        for (int token = 0; token < count; token++) {
            float number = numbers[from + token];
            if (neverWritten.has(token) || found == best.length && !(number > numbers[from + best[found - 1]])) {
                continue;
            }
            int at = found < best.length ? found++ : found - 1;
            while (at > 0 && number > numbers[from + best[at - 1]]) {
                best[at] = best[at - 1];
                at--;
            }
            best[at] = token;
        }
        return Arrays.copyOf(best, found);
    }

    /// The tokens of the best text that has come to its end, or of the best one so far if none has.
    int[] result() {
        Optional<Hypothesis> best = finished.stream()
                .max(Comparator.comparingDouble(each -> beam.score(each.logProbability(), each.tokens().length + 1)));
        return best.map(Hypothesis::tokens)
                .orElseGet(() -> alive.isEmpty() ? new int[0] : alive.getFirst().tokens());
    }
}

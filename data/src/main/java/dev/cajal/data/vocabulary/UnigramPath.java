package dev.cajal.data.vocabulary;

import java.util.Arrays;
import java.util.List;

/// The way to cut a text into pieces whose scores (logarithms of probabilities) have the largest sum, by Viterbi's algorithm. A character that is no piece is unknown, which costs more than any
/// piece.
///
/// T. Kudo, *Subword Regularization: Improving Neural Network Translation Models with Multiple Subword Candidates*, 2018.
public final class UnigramPath {
    /// What an unknown character costs beyond the least probable piece.
    private static final double PENALTY = 10;

    private final PieceTrie trie = new PieceTrie();
    private final double[] scores;
    private final double unknownScore;
    private final boolean singlePrecision;

    /// @param pieces by their numbers
    /// @param scores of the pieces; not a number for a piece that stands for nothing in a text
    /// @param least the score of the least probable piece
    /// @param singlePrecision whether sums are kept in 32 bits, as SentencePiece does, so that nearly equal paths are told apart as there
    public UnigramPath(List<String> pieces, double[] scores, double least, boolean singlePrecision) {
        for (int i = 0; i < scores.length; i++) {
            if (!Double.isNaN(scores[i])) {
                trie.put(pieces.get(i), i);
            }
        }
        this.scores = scores;
        this.unknownScore = least - PENALTY;
        this.singlePrecision = singlePrecision;
    }

    /// Hands the pieces on in the order of the text, an unknown character as [PieceTrie#NONE].
    public void cut(String text, PieceConsumer consumer) {
        int length = text.length();
        double[] best = new double[length + 1];
        int[] starts = new int[length + 1];
        int[] tokens = new int[length + 1];
        Arrays.fill(starts, -1);
        for (int at = 0; at < length; at += Character.charCount(text.codePointAt(at))) {
            int single = at + Character.charCount(text.codePointAt(at));
            boolean known = false;
            int node = PieceTrie.ROOT;
            for (int end = at; end < length;) {
                node = trie.child(node, text.charAt(end++));
                if (node == PieceTrie.NONE) {
                    break;
                }
                int token = trie.token(node);
                if (token != PieceTrie.NONE) {
                    offer(best, starts, tokens, at, end, token, scores[token]);
                    known |= end == single;
                }
            }
            if (!known) {
                offer(best, starts, tokens, at, single, PieceTrie.NONE, unknownScore);
            }
        }
        hand(starts, tokens, consumer);
    }

    private void offer(double[] best, int[] starts, int[] tokens, int at, int end, int token, double score) {
        double sum = singlePrecision ? (float) (score + best[at]) : score + best[at];
        if (starts[end] < 0 || sum > best[end]) {
            best[end] = sum;
            starts[end] = at;
            tokens[end] = token;
        }
    }

    /// Turns the way back into the way there.
    private static void hand(int[] starts, int[] tokens, PieceConsumer consumer) {
        int count = 0;
        int[] ends = new int[starts.length];
        for (int end = starts.length - 1; end > 0; end = starts[end]) {
            ends[count++] = end;
        }
        while (count-- > 0) {
            consumer.accept(tokens[ends[count]], starts[ends[count]], ends[count]);
        }
    }
}

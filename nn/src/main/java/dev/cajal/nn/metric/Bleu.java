package dev.cajal.nn.metric;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// How near texts that a model wrote are to texts that people wrote, from 0 to 100: of the sequences of one to four words of all texts the shares that the references have too, of these four shares the geometric
/// mean, times `e^(1 - r / c)` where the texts are shorter, with `c` words, than the references, with `r`. A share of zero counts as `1 / 2^k` sequences, for the k-th such share.
///
/// The same numbers as [sacreBLEU](https://github.com/mjpost/sacrebleu)'s by default, for one reference each. K. Papineni et al., *BLEU: a Method for Automatic Evaluation of Machine Translation*, 2002; M. Post, *A Call
/// for Clarity in Reporting BLEU Scores*, 2018.
///
/// @param words what a word is
public record Bleu(Splitting words) {
    private static final int LONGEST = 4;

    /// What a word of a text is.
    public enum Splitting {
        /// As `mteval-v13a.pl` has it: punctuation stands alone, but for points and commas within numbers.
        MTEVAL_13A,
        /// What stands between white space: for texts that were cut into words before.
        WHITE_SPACE;

        /// As Python has it.
        private static final Pattern SPACE = Pattern
                .compile("[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+");

        private static final Pattern SIGN = Pattern.compile("([{-~\\[-` -&(-+:-@/])");
        private static final Pattern POINT_NOT_AFTER_DIGIT = Pattern.compile("([^0-9])([.,])");
        private static final Pattern POINT_NOT_BEFORE_DIGIT = Pattern.compile("([.,])([^0-9])");
        private static final Pattern DASH_AFTER_DIGIT = Pattern.compile("([0-9])(-)");

        /// The words of a text.
        List<String> split(String text) {
            String spaced = switch (this) {
                case MTEVAL_13A -> spaced(text);
                case WHITE_SPACE -> text;
            };
            return Arrays.stream(SPACE.split(spaced, -1)).filter(word -> !word.isEmpty()).toList();
        }

        private static String spaced(String text) {
            String line = SPACE.matcher(text).replaceAll(found -> found.end() == text.length() ? "" : found.group());
            line = line.replace("<skipped>", "").replace("-\n", "").replace("\n", " ").replace("&quot;", "\"")
                    .replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
            line = SIGN.matcher(" " + line + " ").replaceAll(" $1 ");
            line = POINT_NOT_AFTER_DIGIT.matcher(line).replaceAll("$1 $2 ");
            line = POINT_NOT_BEFORE_DIGIT.matcher(line).replaceAll(" $1 $2");
            return DASH_AFTER_DIGIT.matcher(line).replaceAll("$1 $2 ");
        }
    }

    /// For texts as people write them.
    public static Bleu of() {
        return new Bleu(Splitting.MTEVAL_13A);
    }

    /// The same with other words.
    public Bleu withWords(Splitting other) {
        return new Bleu(other);
    }

    /// Over all texts at once.
    ///
    /// @param references as many, what each should have been
    /// @throws MetricException if there are none, or not as many
    public double of(List<String> texts, List<String> references) {
        if (texts.isEmpty()) {
            throw MetricException.empty("bleu");
        }
        if (texts.size() != references.size()) {
            throw new MetricException("metric.references",
                    "BLEU compares each text with a reference, but there are %s texts and %s references.",
                    texts.size(), references.size());
        }
        long[] right = new long[LONGEST];
        long[] all = new long[LONGEST];
        long written = 0;
        long wanted = 0;
        for (int i = 0; i < texts.size(); i++) {
            List<String> text = words.split(texts.get(i));
            List<String> reference = words.split(references.get(i));
            written += text.size();
            wanted += reference.size();
            for (int n = 0; n < LONGEST; n++) {
                Map<List<String>, Integer> there = counts(reference, n + 1);
                for (Map.Entry<List<String>, Integer> found : counts(text, n + 1).entrySet()) {
                    all[n] += found.getValue();
                    right[n] += Math.min(found.getValue(), there.getOrDefault(found.getKey(), 0));
                }
            }
        }
        double brevity = written >= wanted ? 1 : written == 0 ? 0 : Math.exp(1 - (double) wanted / written);
        return brevity * mean(right, all);
    }

    private static Map<List<String>, Integer> counts(List<String> text, int length) {
        Map<List<String>, Integer> counts = new HashMap<>();
        for (int i = 0; i + length <= text.size(); i++) {
            counts.merge(text.subList(i, i + length), 1, Integer::sum);
        }
        return counts;
    }

    /// The geometric mean of the shares, in percent.
    private static double mean(long[] right, long[] all) {
        if (IntStream.range(0, LONGEST).anyMatch(n -> all[n] == 0) || Arrays.stream(right).sum() == 0) {
            return 0;
        }
        double smoothing = 1;
        double logs = 0;
        for (int n = 0; n < LONGEST; n++) {
            if (right[n] == 0) {
                smoothing *= 2;
                logs += Math.log(100 / (smoothing * all[n]));
            } else {
                logs += Math.log(100.0 * right[n] / all[n]);
            }
        }
        return Math.exp(logs / LONGEST);
    }
}

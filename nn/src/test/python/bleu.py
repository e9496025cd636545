"""BLEU by sacreBLEU."""

import random

from sacrebleu.metrics import BLEU

from fixture import write

random.seed(5)
SENTENCES = [
    "A man in an orange hat starring at something.",
    "Two young, White males are outside near many bushes.",
    "It cost $1,234.50 -- or 3.5% more than in 1999-2000!",
    "\"Where's the dog?\" asked Tom &amp; Jerry; nobody knew.",
    "See http://example.org/a_b?c=d (or write to me@example.org).",
    "El niño de São Paulo no volvió, ¿verdad?",
    "a b c d e f g",
    "word-\nbreaks and <skipped> parts\nof lines , tokens ' s &quot;quoted&quot; &lt;tag&gt;",
    "1.2.3 and 4,5,6 and .7 and 8. and ,9 end.",
    "thin\u2009spaces\u00a0and\u3000wide ones\t",
    "[brackets] {braces} ~tilde~ `ticks` a/b c\\d e|f",
]


def changed(sentence):
    words = sentence.split(" ")
    for _ in range(random.randrange(4)):
        at = random.randrange(len(words))
        kind = random.randrange(4)
        if kind == 0 and len(words) > 1:
            del words[at]
        elif kind == 1:
            words.insert(at, random.choice(random.choice(SENTENCES).split(" ")))
        elif kind == 2:
            words[at] = words[at].lower()
        else:
            random.shuffle(words)
    return " ".join(words)


def case(texts, references):
    scores = {name: BLEU(tokenize=name).corpus_score(texts, [references]).score for name in ("13a", "none")}
    return {"texts": texts, "references": references, **scores}


cases = {"same": case(SENTENCES, SENTENCES), "nothing": case([""], ["a b"]), "short": case(["a b c"], ["a b c"]),
         "strangers": case(["x y z u v"], ["a b c d e"]), "one word": case(["a x y z b"], ["a b c d e f g"]),
         "shorter": case(SENTENCES[:3] + ["a b c d"], SENTENCES[:3] + ["a b c d e f g h"])}
for number in range(12):
    chosen = random.sample(SENTENCES, random.randrange(1, len(SENTENCES)))
    cases[f"changed {number}"] = case([changed(sentence) for sentence in chosen], chosen)
write("metric", "bleu.json", cases)

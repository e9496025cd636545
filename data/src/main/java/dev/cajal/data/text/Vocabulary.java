package dev.cajal.data.text;

import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/// A list of texts that knows the number of each. A record of a tokenizer holds its list as this, so that its index is made once and is no component of the record.
final class Vocabulary extends AbstractList<String> implements RandomAccess {
    private final List<String> texts;
    private final Map<String, Integer> numbers;

    private Vocabulary(List<String> texts) {
        this.texts = List.copyOf(texts);
        this.numbers = HashMap.newHashMap(this.texts.size());
        for (int i = 0; i < this.texts.size(); i++) {
            numbers.putIfAbsent(this.texts.get(i), i);
        }
    }

    /// The list itself if it is one already.
    static Vocabulary of(List<String> texts) {
        return texts instanceof Vocabulary known ? known : new Vocabulary(texts);
    }

    @Override
    public String get(int number) {
        return texts.get(number);
    }

    @Override
    public int size() {
        return texts.size();
    }

    /// The number of a text, the first one if it comes several times; `other` if it does not come.
    int number(String text, int other) {
        return numbers.getOrDefault(text, other);
    }

    @Override
    public boolean contains(Object text) {
        return text instanceof String known && numbers.containsKey(known);
    }
}

package dev.cajal.cpu.window;

import java.util.List;

/// Which lines of a tensor, all along its last dimensions, a window sees that slides over the dimensions before.
public final class Lines {
    private final Slide[] slides;
    private final long[] steps;
    private final int places;
    private final int taps;

    /// @param slides the dimensions before the line, outermost first
    /// @param elements of a line
    public Lines(List<Slide> slides, long elements) {
        this.slides = slides.toArray(Slide[]::new);
        this.steps = new long[slides.size()];
        int allPlaces = 1;
        int allTaps = 1;
        long step = elements;
        for (int i = steps.length - 1; i >= 0; i--) {
            steps[i] = step;
            step *= this.slides[i].length();
            allPlaces = Math.multiplyExact(allPlaces, this.slides[i].places());
            allTaps = Math.multiplyExact(allTaps, this.slides[i].size());
        }
        this.places = allPlaces;
        this.taps = allTaps;
    }

    /// How many places the window takes.
    public int places() {
        return places;
    }

    /// How many taps it has.
    public int taps() {
        return taps;
    }

    /// Whether the window moves by one line, sees neighbours, and takes every element of the dimensions before by itself.
    public boolean movesByOne() {
        int last = slides.length - 1;
        for (int i = 0; i < last; i++) {
            if (!slides[i].isStill()) {
                return false;
            }
        }
        return last < 0 || slides[last].isDense() && slides[last].stride() == 1;
    }

    /// Places from one on along the last of the dimensions.
    public int placesLeft(int place) {
        int last = slides.length - 1;
        return last < 0 ? 1 : slides[last].places() - place % slides[last].places();
    }

    /// Where the line begins that a tap sees at a place, both in row-major order, in elements; -1 if it sees none.
    public long start(int place, int tap) {
        int restOfPlace = place;
        int restOfTap = tap;
        long start = 0;
        for (int i = slides.length - 1; i >= 0; i--) {
            Slide slide = slides[i];
            int index = slide.index(restOfPlace % slide.places(), restOfTap % slide.size());
            if (index < 0) {
                return -1;
            }
            start += index * steps[i];
            restOfPlace /= slide.places();
            restOfTap /= slide.size();
        }
        return start;
    }
}

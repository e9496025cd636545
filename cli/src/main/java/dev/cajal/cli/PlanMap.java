package dev.cajal.cli;

import dev.cajal.backend.Plan;
import dev.cajal.backend.Plan.Allocation;
import dev.cajal.backend.Plan.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/// A map of the arena: memory downwards, regions to the right.
///
/// @param language in which language
/// @param plan whose arena it is
record PlanMap(Language language, Plan plan) {
    private static final int MOST_ROWS = 24;
    private static final int MOST_COLUMNS = 50;
    private static final int TYPE = 22;
    private static final int TENTH = 10;

    /// The lines; none if the plan has no arena.
    List<String> lines() {
        List<Allocation> arena = arena(plan);
        List<String> lines = new ArrayList<>();
        if (arena.isEmpty()) {
            return lines;
        }
        int count = plan.regions().size();
        int step = Math.ceilDiv(count, MOST_COLUMNS);
        lines.add("");
        lines.add(language.text("plan.map"));
        String head = "%10s %9s %-22s ".formatted(language.text("plan.map.offset"), language.text("plan.bytes"),
                language.text("plan.map.type"));
        lines.add(head + scale(count, step));
        List<Allocation> shown = arena.stream().sorted(Comparator.comparingLong(Allocation::bytes).reversed())
                .limit(MOST_ROWS).sorted(order()).toList();
        Amounts amounts = new Amounts(language.locale());
        for (Allocation piece : shown) {
            lines.add("%10s %9s %-22s ".formatted(offset(piece), amounts.of(piece.bytes(), "B"),
                    Words.fit(piece.type().toString(), TYPE)) + bar(piece, count, step));
        }
        if (shown.size() < arena.size()) {
            lines.add(language.text("plan.map.more", arena.size() - shown.size()));
        }
        return lines;
    }

    /// The allocations of a plan that lie in its arena, by their offset.
    static List<Allocation> arena(Plan plan) {
        return plan.allocations().stream().filter(piece -> piece.place() instanceof Place.Arena).sorted(order())
                .toList();
    }

    /// Where a piece of the arena begins.
    static long offset(Allocation piece) {
        return piece.place() instanceof Place.Arena(long offset) ? offset : 0;
    }

    private static Comparator<Allocation> order() {
        ToLongFunction<Allocation> offset = PlanMap::offset;
        return Comparator.comparingLong(offset).thenComparingInt(Allocation::from);
    }

    private static String scale(int count, int step) {
        StringBuilder scale = new StringBuilder();
        for (int column = 0; column * step < count; column += TENTH) {
            String number = String.valueOf(column * step);
            scale.append(number).append(" ".repeat(TENTH - number.length()));
        }
        return scale.toString().stripTrailing();
    }

    private static String bar(Allocation piece, int count, int step) {
        StringBuilder bar = new StringBuilder();
        for (int first = 0; first < count; first += step) {
            bar.append(piece.from() < first + step && piece.to() >= first ? '█' : '·');
        }
        return bar.toString();
    }
}

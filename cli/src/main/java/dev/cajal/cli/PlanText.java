package dev.cajal.cli;

import dev.cajal.backend.Plan;
import dev.cajal.ir.Origin;
import java.util.ArrayList;
import java.util.List;

/// A plan for people: a table of its regions, what they cost altogether, and a map of memory.
///
/// @param console where to
/// @param language in which language
/// @param report what to say
record PlanText(Console console, Language language, PlanReport report) {
    private static final int WIDTH = 100;
    private static final int NUMBER = 3;
    private static final int LABEL = 12;
    private static final int LAYER = 14;
    private static final int KIND = 9;
    private static final int AMOUNT = 7;
    private static final int SHARE = 5;
    private static final int LIMIT = 7;
    private static final double GIGA = 1e9;

    void print() {
        Plan plan = report.plan();
        console.result(
                console.strong(text("plan.title." + report.what(), report.run(), report.batch(), report.backend())));
        console.result("");
        table();
        console.result("");
        line("plan.total", text("plan.total.line", plan.regions().size(), amounts().of(plan.flops(), "FLOP"),
                amounts().of(plan.bytes(), "B")));
        report.profile().ifPresent(profile -> line("plan.time", text("plan.time.line", amounts().nanos(profile.nanos()),
                profile.runs())));
        report.limits().ifPresent(limits -> line("plan.limits", text("plan.limits.line", limits.flopsPerSecond() / GIGA,
                limits.bytesPerSecond() / GIGA, limits.threads())));
        line("plan.memory",
                text("plan.memory.line", amounts().of(plan.peakBytes(), "B"), amounts().of(plan.argumentBytes(), "B"),
                        amounts().of(plan.resultBytes(), "B"), amounts().of(plan.arenaBytes(), "B"),
                        amounts().of(plan.loopBytes(), "B")));
        report.limitShare().ifPresent(_ -> {
            console.result("");
            Words.wrap(text("plan.note"), WIDTH).forEach(line -> console.result(console.faint(line)));
        });
        new PlanMap(language, plan).lines().forEach(console::result);
    }

    private void table() {
        boolean timed = report.profile().isPresent();
        List<Integer> widths = new ArrayList<>(List.of(NUMBER, 0, LAYER, KIND, AMOUNT, AMOUNT));
        List<String> heads = new ArrayList<>(
                List.of("plan.number", "plan.region", "plan.layer", "plan.kind", "plan.flops",
                        "plan.bytes"));
        if (timed) {
            widths.addAll(List.of(AMOUNT, SHARE, LIMIT));
            heads.addAll(List.of("plan.time-of", "plan.share", "plan.limit"));
        }
        int room = WIDTH - widths.stream().mapToInt(Integer::intValue).sum() - widths.size() + 1;
        console.result(console.strong(row(widths, room, heads.stream().map(key -> text(key)).toList())));
        for (int i = 0; i < report.plan().regions().size(); i++) {
            List<String> words = Words.wrap(report.plan().regions().get(i).text(), room);
            console.result(row(widths, room, cells(i, words.getFirst(), timed)));
            words.stream().skip(1).forEach(more -> console.result(" ".repeat(NUMBER + 1) + more));
        }
    }

    private List<String> cells(int index, String words, boolean timed) {
        Plan.Region region = report.plan().regions().get(index);
        List<String> cells = new ArrayList<>(
                List.of(String.valueOf(index), words, layer(region.origins()), kind(region),
                        amounts().of(region.flops(), ""), amounts().of(region.bytes(), "B")));
        if (timed) {
            cells.add(report.nanos(index).map(amounts()::nanos).orElse(""));
            cells.add(report.share(index).map(this::percent).orElse(""));
            cells.add(report.limitShare(index).map(share -> percent(share) + " " + report.limit(index)
                    .map(limit -> text("plan.limit." + limit)).orElse("")).orElse(""));
        }
        return cells;
    }

    /// The first four columns begin on the left, numbers end on the right.
    private static String row(List<Integer> widths, int room, List<String> cells) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            int width = i == 1 ? room : widths.get(i);
            String cell = Words.fit(cells.get(i), width);
            String blanks = " ".repeat(width - cell.length());
            boolean left = i >= 1 && i <= 3;
            row.append(i == 0 ? "" : " ").append(left ? cell + blanks : blanks + cell);
        }
        return row.toString().stripTrailing();
    }

    private String kind(Plan.Region region) {
        return text("plan.kind." + region.kind());
    }

    /// `backward 1`.
    private String layer(List<Origin> origins) {
        List<String> paths = origins.stream().map(Origin::path).filter(path -> !path.isEmpty()).distinct().toList();
        List<Origin.Phase> phases = origins.stream().map(Origin::phase).distinct().toList();
        String phase = phases.size() == 1 ? text("plan.phase." + phases.getFirst()) : text("plan.phase.several");
        return paths.isEmpty() ? phase : phase + " " + String.join(",", paths);
    }

    private String percent(double share) {
        return text("plan.per-cent", 100 * share);
    }

    private void line(String label, String words) {
        String name = text(label);
        List<String> lines = Words.wrap(words, WIDTH - LABEL);
        console.result(name + " ".repeat(Math.max(1, LABEL - name.length())) + lines.getFirst());
        lines.stream().skip(1).forEach(more -> console.result(" ".repeat(LABEL) + more));
    }

    private Amounts amounts() {
        return new Amounts(language.locale());
    }

    private String text(String key, Object... arguments) {
        return language.text(key, arguments);
    }
}

package dev.cajal.cli;

import dev.cajal.backend.Plan;
import dev.cajal.backend.Plan.Allocation;
import dev.cajal.backend.Plan.Kind;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A plan as a picture in SVG that needs nothing else: a bar for each region, as long as it takes, and the arena, with memory downwards and regions to
/// the right.
///
/// @param language of its texts
/// @param report what it shows
record PlanPicture(Language language, PlanReport report) {
    private static final int WIDTH = 1200;
    private static final int MARGIN = 24;
    private static final int TEXT = 470;
    private static final int NUMBERS = 150;
    private static final int ROW = 20;
    private static final int LEGEND = 74;
    private static final int ARENA = 320;
    private static final int SMALL = 12;
    private static final int NUMBER = 18;
    private static final int LONGEST = 62;
    private static final double LETTER = 6.5;

    String svg() {
        int regions = report.plan().regions().size();
        int map = LEGEND + 44 + regions * ROW + 44;
        boolean hasArena = report.plan().arenaBytes() > 0;
        int height = hasArena ? map + ARENA + 48 : map;
        StringBuilder svg = new StringBuilder();
        line(svg, "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' viewBox='0 0 %d %d' "
                + "font-family='DejaVu Sans, Helvetica, Arial, sans-serif' font-size='%d'>",
                WIDTH, height, WIDTH, height, SMALL);
        line(svg, "<rect width='%d' height='%d' fill='white'/>", WIDTH, height);
        text(svg, MARGIN, 30, "font-size='17' font-weight='bold'",
                language.text("plan.title." + report.what(), report.run(), report.batch(), report.backend()));
        legend(svg);
        bars(svg, LEGEND + 44);
        if (hasArena) {
            arena(svg, map);
        }
        return svg.append("</svg>\n").toString();
    }

    private void legend(StringBuilder svg) {
        double x = MARGIN;
        for (Kind kind : Stream.of(Kind.values()).filter(this::isThere).toList()) {
            String name = language.text("plan.kind." + kind);
            line(svg, "<rect x='%.1f' y='%d' width='12' height='12' fill='%s'/>", x, LEGEND - 20, colour(kind));
            text(svg, x + 17, LEGEND - 10, "", name);
            x += 34 + LETTER * name.length();
        }
        if (report.limits().isPresent()) {
            line(svg, "<path d='M%.1f %d v14' stroke='black' stroke-width='2'/>", x + 6, LEGEND - 21);
            text(svg, x + 14, LEGEND - 10, "", language.text("plan.picture.limit"));
        }
    }

    private boolean isThere(Kind kind) {
        return report.plan().regions().stream().anyMatch(region -> region.kind() == kind);
    }

    /// As long as a region took; where that was not measured, as many bytes as it moves.
    private void bars(StringBuilder svg, int top) {
        boolean timed = report.profile().isPresent();
        List<Plan.Region> regions = report.plan().regions();
        double longest = 1;
        for (int i = 0; i < regions.size(); i++) {
            longest = Math.max(longest, length(i));
        }
        double scale = (WIDTH - 2.0 * MARGIN - TEXT - NUMBERS) / longest;
        text(svg, MARGIN + TEXT, top - 12, "font-weight='bold'", language.text(timed ? "plan.time" : "plan.bytes"));
        report.limits().ifPresent(_ -> text(svg, WIDTH - MARGIN, top - 12, "font-weight='bold' text-anchor='end'",
                language.text("plan.limit")));
        Amounts amounts = new Amounts(language.locale());
        for (int i = 0; i < regions.size(); i++) {
            Plan.Region region = regions.get(i);
            double y = top + i * (double) ROW;
            double width = Math.max(1, length(i) * scale);
            line(svg, "<g><title>%s</title>", escape(region.text()));
            text(svg, MARGIN + NUMBER, y + 13, "text-anchor='end' fill='#555555'", String.valueOf(i));
            text(svg, MARGIN + NUMBER + 8, y + 13, "", Words.fit(region.text(), LONGEST));
            line(svg, "<rect x='%d' y='%.1f' width='%.1f' height='15' fill='%s'/>", MARGIN + TEXT, y + 1, width,
                    colour(region.kind()));
            report.limitNanos(i).filter(limit -> timed && limit * scale < WIDTH - MARGIN - TEXT)
                    .ifPresent(limit -> line(svg,
                            "<path d='M%.1f %.1f v17' stroke='black' stroke-width='2'/>", MARGIN + TEXT + limit * scale,
                            y));
            text(svg, WIDTH - MARGIN - NUMBERS / 2.0, y + 13, "text-anchor='end'",
                    report.nanos(i).map(amounts::nanos).orElseGet(() -> amounts.of(region.bytes(), "B")));
            report.limitShare(i).ifPresent(share -> text(svg, WIDTH - MARGIN, y + 13, "text-anchor='end'",
                    language.text("plan.per-cent", 100 * share)));
            line(svg, "</g>");
        }
    }

    private double length(int region) {
        return report.nanos(region).orElseGet(() -> report.plan().regions().get(region).bytes());
    }

    private void arena(StringBuilder svg, int top) {
        Plan plan = report.plan();
        double column = (WIDTH - 2.0 * MARGIN) / plan.regions().size();
        double scale = (double) ARENA / plan.arenaBytes();
        text(svg, MARGIN, top - 8, "font-weight='bold'", language.text("plan.picture.arena",
                new Amounts(language.locale()).of(plan.arenaBytes(), "B")));
        line(svg, "<rect x='%d' y='%d' width='%d' height='%d' fill='#f2f2f2'/>", MARGIN, top, WIDTH - 2 * MARGIN,
                ARENA);
        for (Allocation piece : PlanMap.arena(plan).stream().filter(piece -> piece.from() >= 0).toList()) {
            double x = MARGIN + piece.from() * column;
            double y = top + PlanMap.offset(piece) * scale;
            double width = (piece.to() - piece.from() + 1) * column;
            double height = Math.max(0.5, piece.bytes() * scale);
            String words = piece.type() + ", " + new Amounts(language.locale()).of(piece.bytes(), "B");
            line(svg, "<g><title>%s</title>", escape(words + ", " + piece.from() + "-" + piece.to()));
            line(svg,
                    "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='%s' fill-opacity='0.75' stroke='white'/>",
                    x, y,
                    width, height, colour(plan.regions().get(piece.from()).kind()));
            if (height > SMALL && width > LETTER * words.length()) {
                text(svg, x + 4, y + Math.min(height / 2 + 4, 16), "font-size='11'", words);
            }
            line(svg, "</g>");
        }
        int step = Math.ceilDiv(plan.regions().size(), 40);
        for (int i = 0; i < plan.regions().size(); i += step) {
            text(svg, MARGIN + i * column + column / 2 - 4, top + ARENA + 16, "fill='#555555'", String.valueOf(i));
        }
    }

    /// Colours that people who see few colours can tell apart: Okabe and Ito, [Color universal design](https://jfly.uni-koeln.de/color/).
    private static String colour(Kind kind) {
        return switch (kind) {
            case LOOP -> "#009E73";
            case REDUCTION -> "#E69F00";
            case ROWS -> "#999999";
            case PRODUCT -> "#0072B2";
            case PRODUCT_WITH_TAIL -> "#56B4E9";
            case OPERATION -> "#CC79A7";
            case REPETITION -> "#F0E442";
            case PLAIN -> "#D55E00";
        };
    }

    private static void text(StringBuilder svg, double x, double y, String style, String words) {
        line(svg, "<text x='%.1f' y='%.1f' %s>%s</text>", x, y, style, escape(words));
    }

    private static void line(StringBuilder svg, String template, Object... arguments) {
        svg.append(String.format(Locale.ROOT, template, arguments)).append('\n');
    }

    private static String escape(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&apos;");
    }
}

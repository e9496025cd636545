package dev.cajal.cli;

import dev.cajal.backend.Plan;
import dev.cajal.backend.Plan.Place;
import dev.cajal.ir.Origin;
import dev.cajal.nn.checkpoint.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/// A plan for machines: numbers in bytes, operations and nanoseconds.
final class PlanJson {
    private static final int SCHEMA = 1;

    private PlanJson() {}

    static Json of(PlanReport report) {
        Map<String, Json> all = new LinkedHashMap<>();
        all.put("schema", Json.of(SCHEMA));
        all.put("run", Json.of(report.run()));
        all.put("what", name(report.what()));
        all.put("batch", Json.of((long) report.batch()));
        all.put("backend", Json.of(report.backend()));
        report.profile().ifPresent(profile -> {
            all.put("runs", Json.of((long) profile.runs()));
            all.put("nanos", Json.of(profile.nanos()));
        });
        report.limits().ifPresent(limits -> all.put("limits", DoctorJson.limits(limits)));
        report.limitShare().ifPresent(share -> all.put("limit_share", Json.of(share)));
        Map<String, Json> plan = plan(report.plan());
        plan.put("regions", Json.of(IntStream.range(0, report.plan().regions().size())
                .mapToObj(i -> region(report, i)).toList()));
        all.putAll(plan);
        return Json.of(all);
    }

    private static Map<String, Json> plan(Plan plan) {
        Map<String, Json> all = new LinkedHashMap<>();
        all.put("flops", Json.of(plan.flops()));
        all.put("bytes", Json.of(plan.bytes()));
        all.put("argument_bytes", Json.of(plan.argumentBytes()));
        all.put("result_bytes", Json.of(plan.resultBytes()));
        all.put("arena_bytes", Json.of(plan.arenaBytes()));
        all.put("loop_bytes", Json.of(plan.loopBytes()));
        all.put("peak_bytes", Json.of(plan.peakBytes()));
        all.put("regions", Json.of(plan.regions().stream().map(region -> Json.of(region(region))).toList()));
        all.put("allocations", Json.of(plan.allocations().stream().map(PlanJson::allocation).toList()));
        all.put("results", Json.of(plan.results().stream().map(place -> Json.of(place(place))).toList()));
        return all;
    }

    private static Json region(PlanReport report, int index) {
        Map<String, Json> all = region(report.plan().regions().get(index));
        report.nanos(index).ifPresent(nanos -> all.put("nanos", Json.of(nanos)));
        report.share(index).ifPresent(share -> all.put("share", Json.of(share)));
        report.limit(index).ifPresent(limit -> all.put("limited_by", name(limit)));
        report.limitNanos(index).ifPresent(nanos -> all.put("limit_nanos", Json.of(nanos)));
        report.limitShare(index).ifPresent(share -> all.put("limit_share", Json.of(share)));
        return Json.of(all);
    }

    private static Map<String, Json> region(Plan.Region region) {
        Map<String, Json> all = new LinkedHashMap<>();
        all.put("kind", name(region.kind()));
        all.put("text", Json.of(region.text()));
        all.put("space", numbers(region.space().dims()));
        all.put("operations", Json.of((long) region.operations()));
        all.put("origins", Json.of(region.origins().stream().map(PlanJson::origin).toList()));
        all.put("reads", numbers(region.reads()));
        all.put("writes", numbers(region.writes()));
        all.put("flops", Json.of(region.flops()));
        all.put("bytes", Json.of(region.bytes()));
        region.repeated().ifPresent(repeated -> {
            repeated.trips().ifPresent(trips -> all.put("trips", Json.of((long) trips)));
            all.put("plans", Json.of(repeated.plans().stream().map(inner -> Json.of(plan(inner))).toList()));
        });
        return all;
    }

    private static Json origin(Origin origin) {
        Map<String, Json> all = new LinkedHashMap<>();
        all.put("layer", Json.of(origin.path()));
        all.put("phase", name(origin.phase()));
        return Json.of(all);
    }

    private static Json allocation(Plan.Allocation piece) {
        Map<String, Json> all = place(piece.place());
        all.put("type", Json.of(piece.type().dtype().toString()));
        all.put("shape", numbers(piece.type().shape().dims()));
        all.put("bytes", Json.of(piece.bytes()));
        if (!piece.name().isEmpty()) {
            all.put("name", Json.of(piece.name()));
        }
        all.put("from", Json.of((long) piece.from()));
        all.put("to", Json.of((long) piece.to()));
        return Json.of(all);
    }

    private static Map<String, Json> place(Place place) {
        Map<String, Json> all = new LinkedHashMap<>();
        switch (place) {
            case Place.Argument(int index) -> {
                all.put("place", Json.of("argument"));
                all.put("index", Json.of((long) index));
            }
            case Place.Result(int index) -> {
                all.put("place", Json.of("result"));
                all.put("index", Json.of((long) index));
            }
            case Place.Arena(long offset) -> {
                all.put("place", Json.of("arena"));
                all.put("offset", Json.of(offset));
            }
            case Place.Constant _ -> all.put("place", Json.of("constant"));
        }
        return all;
    }

    private static Json numbers(List<Integer> numbers) {
        return Json.of(numbers.stream().map(number -> Json.of((long) number)).toList());
    }

    private static Json name(Enum<?> constant) {
        return Json.of(constant.name().toLowerCase(Locale.ROOT));
    }
}

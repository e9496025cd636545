package dev.cajal.cli;

import dev.cajal.backend.BackendReport;
import dev.cajal.backend.MachineLimits;
import dev.cajal.cli.doctor.Advice;
import dev.cajal.cli.doctor.Examination;
import dev.cajal.cli.doctor.Host;
import dev.cajal.cli.doctor.KernelSpeed;
import dev.cajal.data.dataset.DataFolders;
import dev.cajal.nn.checkpoint.Json;
import dev.cajal.type.Phrase;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What was found out, for machines: numbers in bytes, operations and seconds, texts in English.
final class DoctorJson {
    private static final int SCHEMA = 1;

    private DoctorJson() {}

    static Json of(Examination found) {
        Map<String, Json> all = new LinkedHashMap<>();
        all.put("schema", Json.of(SCHEMA));
        all.put("ok", new Json.Truth(found.fault().isEmpty()));
        all.put("fault", text(found.fault()));
        all.put("java", java(found.host()));
        all.put("system", Json.of(found.host().system()));
        all.put("architecture", Json.of(found.host().architecture()));
        all.put("processor", Json.of(found.host().processor()));
        all.put("processors", Json.of(found.host().processors()));
        all.put("memory_bytes", Json.of(found.host().memoryBytes()));
        all.put("heap_bytes", Json.of(found.host().heapBytes()));
        all.put("tensor_bytes", Json.of(found.tensorBytes()));
        all.put("backend", backend(found.backend(), found.report()));
        all.put("limits", found.limits().<Json>map(DoctorJson::limits).orElseGet(Json.Nothing::new));
        all.put("kernels", Json.of(found.kernels().stream().map(kernel -> kernel(found, kernel)).toList()));
        all.put("disturbance", Json.of(found.disturbance()));
        all.put("cache", Json.of(DataFolders.cache().toString()));
        all.put("advice", Json.of(Advice.on(found).stream().map(DoctorJson::advice).toList()));
        return Json.of(all);
    }

    private static Json java(Host host) {
        Map<String, Json> java = new LinkedHashMap<>();
        java.put("version", Json.of(host.java()));
        java.put("vendor", Json.of(host.vendor()));
        java.put("machine", Json.of(host.machine()));
        java.put("compilers", Json.of(name(host.compilers())));
        return Json.of(java);
    }

    private static Json backend(String name, BackendReport report) {
        Map<String, Json> backend = new LinkedHashMap<>();
        backend.put("name", Json.of(name));
        backend.put("threads", Json.of(report.threads()));
        backend.put("vector_bits", Json.of(report.vectors().bits()));
        backend.put("vector_obstacle", text(report.vectors().obstacle()));
        backend.put("products", Json.of(name(report.products())));
        backend.put("bf16_library", report.bf16().library().<Json>map(Json::of).orElseGet(Json.Nothing::new));
        backend.put("bf16_obstacle", text(report.bf16().obstacle()));
        return Json.of(backend);
    }

    static Json limits(MachineLimits limits) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("threads", Json.of(limits.threads()));
        members.put("flops_per_second", Json.of(limits.flopsPerSecond()));
        members.put("flops_per_second_of_one_thread", Json.of(limits.flopsPerSecondOfOneThread()));
        members.put("bytes_per_second", Json.of(limits.bytesPerSecond()));
        return Json.of(members);
    }

    private static Json kernel(Examination found, KernelSpeed kernel) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("name", Json.of(kernel.name()));
        members.put("kind", Json.of(name(kernel.kind())));
        members.put(kernel.kind() == KernelSpeed.Kind.LOOP ? "bytes_per_second" : "flops_per_second",
                Json.of(kernel.perSecond()));
        members.put("share", found.share(kernel).<Json>map(Json::of).orElseGet(Json.Nothing::new));
        return Json.of(members);
    }

    private static Json advice(Phrase phrase) {
        return Json.of(Map.of("code", Json.of(phrase.code()), "text", Json.of(phrase.toString())));
    }

    private static Json text(Optional<Phrase> phrase) {
        return phrase.<Json>map(words -> Json.of(words.toString())).orElseGet(Json.Nothing::new);
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

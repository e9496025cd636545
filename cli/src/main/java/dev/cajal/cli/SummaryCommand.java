package dev.cajal.cli;

import dev.cajal.nn.Model;
import dev.cajal.nn.Summary;
import dev.cajal.nn.checkpoint.Json;
import dev.cajal.type.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `cajal summary RUN`.
@Command(name = "summary")
final class SummaryCommand extends Task {
    @Parameters(index = "0", paramLabel = "RUN", descriptionKey = "argument.run")
    private String run = "";

    @Override
    ExitCode run() {
        RunFolder folder = RunFolder.find(run);
        Summary summary = Model.load(folder.model()).summary();
        if (options.json) {
            Map<String, Json> result = new LinkedHashMap<>();
            result.put("schema", Json.of(1));
            result.put("run", Json.of(folder.path().toString()));
            result.put("parameters", Json.of(summary.total().parameters()));
            result.put("layers", Json.of(summary.layers().stream().map(SummaryCommand::json).toList()));
            console().result(Json.of(result));
        } else {
            console().result(summary.toString());
        }
        return ExitCode.OK;
    }

    private static Json json(Summary.Row row) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("path", Json.of(row.path()));
        members.put("type", Json.of(row.type()));
        members.put("outputs", Json.of(row.outputs().stream().map(SummaryCommand::json).toList()));
        members.put("parameters", Json.of(row.parameters()));
        members.put("weight_bytes", Json.of(row.weightBytes()));
        members.put("output_bytes", Json.of(row.outputBytes()));
        members.put("flops", Json.of(row.flops()));
        return Json.of(members);
    }

    private static Json json(Shape shape) {
        List<Json> dims = shape.dims().stream().map(dim -> Json.of((long) dim)).toList();
        return Json.of(dims);
    }
}

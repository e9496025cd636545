package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.nn.checkpoint.Json;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/// `cajal plan`: what a step is made of, for people, for machines, and as a picture.
class PlanTest {
    @TempDir
    Path folder;

    private Path run() {
        return folder.resolve("run");
    }

    @BeforeEach
    void train() throws Exception {
        Path data = TinyData.flowers(folder.resolve("flowers.csv"), 80);
        var told = Cli.here("train", data.toString(), "--target", "kind", "--layers", "8", "--epochs", "1", "--batch",
                "16", "--out", run().toString());
        assertThat(told.code()).as(told.all()).isZero();
    }

    private Cli.Result plan(String... more) {
        List<String> arguments = new ArrayList<>(List.of("plan", run().toString()));
        arguments.addAll(List.of(more));
        return Cli.here(arguments.toArray(String[]::new));
    }

    private Json json(String... more) {
        var told = plan(Stream.concat(Stream.of(more),
                Stream.of("--json")).toArray(String[]::new));
        assertThat(told.code()).as(told.all()).isZero();
        assertThat(told.out().lines()).hasSize(1);
        return Json.parse(told.out());
    }

    private static List<Json> elements(Json all, String name) {
        return ((Json.Elements) all.get(name)).elements();
    }

    private static double number(Json object, String name) {
        return Double.parseDouble(((Json.Digits) object.get(name)).digits());
    }

    @Test
    void aStepOfTrainingAsATable() {
        var told = plan();
        assertThat(told.code()).as(told.all()).isZero();
        assertThat(told.out()).startsWith("A step of training of " + run() + ", batch 16, backend ")
                .contains("matmul 16x2 . 2x8", "forward", "backward", "product", "regions, ", "Memory ")
                .doesNotContain("plan.", "limit:", "%");
        assertThat(told.out().lines().skip(1)).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @Test
    void aPredictionHasAPlanOfItsOwn() {
        var told = plan("--what", "predict", "--batch", "5");
        assertThat(told.out()).startsWith("A prediction of " + run() + ", batch 5,").contains("matmul 5x2 . 2x8")
                .doesNotContain("backward");
        assertThat(plan("--batch", "4").out()).contains("batch 4,", "matmul 4x2 . 2x8");
    }

    @Test
    void aRunThatHasNotFinishedHasAStepToo() throws Exception {
        Files.delete(run().resolve("model.cajal"));
        assertThat(plan().out()).startsWith("A step of training of " + run()).contains("backward");
        var told = plan("--what", "predict");
        assertThat(told.code()).isNotZero();
        assertThat(told.err()).contains("has not finished", "--resume");
    }

    @Test
    void forMachinesTheSumsAreThoseOfTheRegions() {
        Json all = json();
        List<Json> regions = elements(all, "regions");
        for (String sum : List.of("flops", "bytes")) {
            assertThat(regions.stream().mapToDouble(region -> number(region, sum)).sum()).isEqualTo(number(all, sum))
                    .isPositive();
        }
        assertThat(all.get("what").asText()).isEqualTo("train");
        int allocations = elements(all, "allocations").size();
        assertThat(regions).allSatisfy(region -> {
            assertThat(elements(region, "writes")).isNotEmpty();
            assertThat(elements(region, "reads")).allSatisfy(read -> assertThat(
                    Integer.parseInt(((Json.Digits) read).digits())).isBetween(0, allocations - 1));
            assertThat(((Json.Members) region).members()).doesNotContainKeys("nanos", "limit_nanos");
        });
        assertThat(number(all, "peak_bytes")).isGreaterThanOrEqualTo(number(all, "argument_bytes"));
    }

    @Test
    void aProfileMeasuresEachRegionAgainstItsLimit() {
        Json all = json("--profile", "--runs", "5", "--warm-up", "0.2");
        assertThat(number(all, "runs")).isEqualTo(5);
        List<Json> regions = elements(all, "regions");
        assertThat(regions).allSatisfy(region -> {
            assertThat(number(region, "nanos")).isPositive();
            assertThat(number(region, "limit_nanos")).isNotNegative();
            assertThat(region.get("limited_by").asText()).isIn("memory", "arithmetic");
        });
        assertThat(regions.stream().mapToDouble(region -> number(region, "share")).sum()).isBetween(0.999, 1.001);
        assertThat(number(all.get("limits"), "bytes_per_second")).isPositive();
    }

    @Test
    void aPictureIsWellFormedAndHasABarForEachRegion() throws Exception {
        Path file = folder.resolve("plan.svg");
        Json all = json("--profile", "--runs", "3", "--warm-up", "0.1", "--picture", file.toString());
        String svg = Files.readString(file);
        Document picture = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(picture.getDocumentElement().getTagName()).isEqualTo("svg");
        for (Json region : elements(all, "regions")) {
            String words = region.get("text").asText();
            assertThat(svg).contains(words.substring(0, Math.min(20, words.length())).replace("&", "&amp;")
                    .replace("<", "&lt;").replace(">", "&gt;"));
        }
        var again = plan("--picture", file.toString());
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("plan.svg is there already");
        assertThat(Files.readString(file)).isEqualTo(svg);
        assertThat(Pattern.compile("NaN|Infinity|width='-").matcher(svg).find()).isFalse();
    }

    @Test
    void inSpanish() {
        assertThat(plan("--lang", "es").out()).startsWith("Un paso del entrenamiento de ")
                .contains("región", "producto", "adelante", "Memoria").doesNotContain("plan.", "forward", "Memory");
    }

    @Test
    void mistakes() throws Exception {
        Path file = folder.resolve("plan.png");
        var picture = plan("--picture", file.toString());
        assertThat(picture.code()).isEqualTo(2);
        assertThat(picture.err()).contains("--picture writes a file of the kind SVG", ".svg")
                .doesNotContain("Exception");
        assertThat(file).doesNotExist();
        assertThat(plan("--runs", "0").code()).isEqualTo(2);
        assertThat(plan("--what", "dream").err()).contains("--what", "train", "predict");
        Files.delete(run().resolve("model.cajal"));
        assertThat(Cli.here("plan", run().toString(), "--what", "predict").code()).isNotZero();
        assertThat(Cli.here("plan", folder.resolve("nowhere").toString()).code()).isNotZero();
    }
}

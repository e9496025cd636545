package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.backend.Backends;
import dev.cajal.cli.doctor.Examination;
import dev.cajal.cli.doctor.Examinations;
import dev.cajal.cli.doctor.FaultyBackend;
import dev.cajal.nn.checkpoint.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    private static String text(Examination found, String language) {
        var out = new ByteArrayOutputStream();
        new DoctorText(new Console(out, out, false, false), Language.of(language)).print(found);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aHealthyMachine() {
        assertThat(text(Examinations.healthy(), "en").lines().filter(line -> !line.startsWith("Data"))).containsExactly(
                "Java            25.0.1+8, Eclipse Adoptium, OpenJDK 64-Bit Server VM",
                "System          Linux 6.1, amd64",
                "Processor       A Processor",
                "Memory          tensors up to 8.0 GB, Java's heap up to 2.0 GB, of 16.0 GB in all",
                "Backend         cpu, threads: 4, processors: 4",
                "Vectors         512 bits",
                "Products        vector kernel",
                "bf16            oneDNN 3.13.0",
                "Peak            400 GF/s, one thread alone 110 GF/s (multiply-adds of f32 in registers)",
                "Bandwidth       50 GB/s (reading and writing arrays of 64 MB)",
                "Disturbance     other programs took 2 % of the processors' time",
                "Self-test       passed: the reference backend's results, the same bits cold and warm",
                "",
                "Matrix products                        GF/s  of the peak",
                "  [8, 8] x [8, 8]                     300.0   75 %",
                "  [8, 8] x [8, 8] bf16                600.0  2.0 times f32",
                "",
                "Fused loops                            GB/s  of the bandwidth",
                "  gelu(x + b)                          25.0   50 %",
                "",
                "Nothing to change.");
    }

    @Test
    void anIllMachine() {
        assertThat(text(Examinations.ill(), "en")).contains("first compiler only (slow)",
                "none: java was started without the Vector API", "Peak            0.50 GF/s",
                "Self-test       sum(x) gives 3.0 as its element 7, where the reference backend gives 4.0.",
                "What to change:\n- Do not trust results", "Add --add-modules jdk.incubator.vector to",
                "took 34 % of the processors'").doesNotContain("Nothing to change", "Matrix products");
    }

    @Test
    void inSpanish() {
        assertThat(text(Examinations.healthy(), "es")).contains("Procesador      A Processor",
                "Vectores        512 bits",
                "Máximo          400 GF/s, un solo hilo 110 GF/s", "Productos de matrices",
                "2,0 veces f32", "Nada que cambiar.");
        assertThat(text(Examinations.ill(), "es"))
                .contains("solo el primer compilador", "ninguno: java se inició sin la Vector API",
                        "sum(x) da 3.0 como su elemento 7, donde el motor de referencia da 4.0.",
                        "Qué cambiar:\n- No se fíe", "tomaron el 34 %", "Se usan 2 de 4 procesadores")
                .doesNotContain("doctor.", " the ");
    }

    @Test
    void linesAreNotTooLong() {
        for (String language : List.of("en", "es")) {
            for (Examination found : List.of(Examinations.healthy(), Examinations.ill())) {
                assertThat(text(found, language).lines()).filteredOn(line -> !line.startsWith("Dat"))
                        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
            }
        }
    }

    @Test
    void forMachines() {
        Json all = Json.parse(DoctorJson.of(Examinations.ill()).compact());
        assertThat(((Json.Members) all).members().keySet()).containsExactly("schema", "ok", "fault", "java", "system",
                "architecture", "processor", "processors", "memory_bytes", "heap_bytes", "tensor_bytes", "backend",
                "limits", "kernels", "disturbance", "cache", "advice");
        assertThat(all.get("ok")).isEqualTo(new Json.Truth(false));
        assertThat(all.get("java").get("compilers").asText()).isEqualTo("first_only");
        assertThat(((Json.Elements) all.get("advice")).elements())
                .allSatisfy(advice -> assertThat(advice.get("code").asText()).startsWith("doctor."));
        Json kernel = ((Json.Elements) Json.parse(DoctorJson.of(Examinations.healthy()).compact()).get("kernels"))
                .elements().getFirst();
        assertThat(kernel).isEqualTo(Json.parse(
                "{\"name\":\"[8, 8] x [8, 8]\",\"kind\":\"product\",\"flops_per_second\":3.0E11,\"share\":0.75}"));
    }

    @Test
    void aBackendThatComputesWrongIsAFailure() {
        var told = Backends.using(new FaultyBackend(0), () -> Cli.here("doctor", "--quick"));
        assertThat(told.code()).isEqualTo(1);
        assertThat(told.out()).contains("as its element 5", "What to change:");
        assertThat(told.err()).doesNotContain("Exception");
        var json = Backends.using(new FaultyBackend(0), () -> Cli.here("doctor", "--quick", "--json"));
        assertThat(json.code()).isEqualTo(1);
        assertThat(json.out().lines()).hasSize(1);
    }

    @Test
    @Tag("slow")
    void thisMachine() {
        var told = Cli.here("doctor", "--json");
        assertThat(told.code()).as(told.all()).isZero();
        assertThat(told.out().lines()).hasSize(1);
        Json found = Json.parse(told.out());
        assertThat(found.get("ok")).isEqualTo(new Json.Truth(true));
        assertThat(((Json.Elements) found.get("kernels")).elements()).hasSizeGreaterThanOrEqualTo(7)
                .allSatisfy(kernel -> assertThat(Double.parseDouble(((Json.Digits) kernel.get("share")).digits()))
                        .isPositive());
    }

    @Test
    @Tag("slow")
    void optionsThatMakeJavaSlowAreNamed(@TempDir Path folder) throws Exception {
        var first = Cli.in(folder).with("-XX:TieredStopAtLevel=1").run("doctor", "--quick");
        assertThat(first.code()).as(first.all()).isZero();
        assertThat(first.out()).contains("first compiler only", "-XX:TieredStopAtLevel out of java's");
        var none = Cli.in(folder).with("-Dcajal.vector=off").run("doctor", "--quick", "--threads", "1", "--lang", "es");
        assertThat(none.out()).contains("ninguno: la propiedad de sistema cajal.vector es off", "hilos: 1");
    }
}

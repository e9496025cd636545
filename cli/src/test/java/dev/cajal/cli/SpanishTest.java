package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.nn.checkpoint.Archive;
import dev.cajal.nn.checkpoint.AtomicFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole messages in Spanish: places, sentences, and what stands in them.
class SpanishTest {
    @TempDir
    Path folder;

    private Path run() {
        return folder.resolve("run");
    }

    private Cli.Result train(Path data, String target) {
        return Cli.here("train", data.toString(), "--target", target, "--epochs", "1", "--layers", "4", "--lang", "es",
                "--out", run().toString());
    }

    private Path csv(String text) throws IOException {
        return Files.writeString(folder.resolve("datos.csv"), text);
    }

    private static void assertSays(Cli.Result told, String message) {
        assertThat(told.err().lines()).containsExactly(("Error: " + message).lines().toArray(String[]::new));
        assertThat(told.out()).isEmpty();
    }

    @Test
    void aTextAmongNumbers() throws IOException {
        Path csv = csv("size,kind\n1.5,x\n2.5,y\nbig,x\n3.5,y\n");
        assertSays(train(csv, "kind"), csv
                + ", línea 4, columna \"size\": \"big\" no es un número, pero 3 de 4 valores "
                + "de esta columna lo son. Corríjalo, deje vacío el campo si no se conoce el número, o quite la columna.");
    }

    @Test
    void aColumnThatIsNotThere() throws IOException {
        Path csv = csv("size,kind\n1.5,x\n2.5,y\n3.5,y\n");
        assertSays(train(csv, "kinf"), csv + ": No hay ninguna columna \"kinf\". ¿Quiso decir \"kind\"? "
                + "Las columnas son: size, kind.");
        assertSays(train(csv, "3"),
                csv + ": No hay ninguna columna 3: la tabla tiene las columnas 1 a 2.");
    }

    @Test
    void aLineWithOneFieldTooMany() throws IOException {
        Path csv = csv("size;kind\n1.5;x\n2.5;y;z\n3.5;y\n");
        assertSays(train(csv, "kind"), csv
                + ", línea 3: Esta línea tiene 3 campos, pero la línea 1 tiene 2 (campos con "
                + "un punto y coma entre ellos). Un campo que contiene este carácter tiene que ir entre comillas: \"...\".");
    }

    @Test
    void columnsOfWhichNoneIsOfUse() throws IOException {
        Path csv = csv("same,k\nx,1.5\nx,2.5\nx,3.5\n");
        assertSays(train(csv, "k"), csv + ": No hay ninguna columna a partir de la que predecir \"k\". Ninguna de las "
                + "demás se usa:\n  same  no se usa: \"x\" en todas las filas\n"
                + "  k     a predecir: número, de 1.5 a 3.5, media 2.5");
    }

    @Test
    void whatIsFoundOutAboutATable() throws IOException {
        var text = new StringBuilder("size,good,color,id,kind\n");
        for (int i = 0; i < 60; i++) {
            text.append(i % 7 == 0 ? "" : String.valueOf(1 + i % 5 * 0.5)).append(i % 2 == 0 ? ",yes," : ",no,")
                    .append(i % 3 == 0 ? "red," : "blue,").append(i).append(i % 4 == 0 ? ",x\n" : ",y\n");
        }
        text.append("1.5,yes,red,60,\n");
        Path csv = csv(text.toString());
        var told = train(csv, "kind");
        assertThat(told.code()).as(told.err()).isZero();
        assertThat(told.err().lines().limit(8)).containsExactly(
                csv + ": 60 filas, 5 columnas, con sus nombres en la primera línea.",
                "  size   número, de 1 a 3, media 2.01, faltan 9",
                "  good   sí o no (yes, no)",
                "  color  categoría, 2 valores: blue 40, red 20",
                "  id     no se usa: numera las filas",
                "  kind   a predecir: 2 clases: x 15, y 45",
                "1 fila no tiene ningún valor en la columna \"kind\" y se excluyó.",
                "Entrenando mlp (34 parámetros) con datos.csv (48 ejemplos).");
    }

    private void trained() throws IOException {
        var told = train(TinyData.flowers(folder.resolve("flowers.csv"), 60), "kind");
        assertThat(told.code()).as(told.err()).isZero();
    }

    private Cli.Result predict(Path model, Path data) {
        return Cli.here("predict", model.toString(), data.toString(), "--lang", "es");
    }

    @Test
    void aTableThatLacksAColumnOfTheModel() throws IOException {
        trained();
        Path csv = csv("length,widht\n1.5,2.5\n");
        assertSays(predict(run(), csv), csv + ": El modelo necesita la columna \"width\", que no está. "
                + "¿Quiso decir \"widht\"? Las columnas son: \"length\", \"widht\".");
        Path text = csv("length,width\n1.5,2.5\n1.5,wide\n");
        assertSays(predict(run(), text),
                text + ", línea 3: La columna \"width\" necesita un número, pero tiene \"wide\".");
        assertSays(Cli.here("evaluate", run().toString(), csv("length,width,kind\n1,2,rose\n1,wide,tulip\n").toString(),
                "--lang", "es"), text + ", línea 3: La columna \"width\" necesita un número, pero tiene \"wide\".");
    }

    @Test
    void aModelThatWasChanged() throws IOException {
        trained();
        Path changed = folder.resolve("changed.cajal");
        change(changed, "\"units\": 4", "\"units\": 0");
        assertSays(predict(changed, folder.resolve("flowers.csv")), changed + " (model.json): Layer.layers[0] "
                + "(Dense): El número de unidades de Dense tiene que ser al menos 1, pero es 0.");
        change(changed, "\"units\": 4", "\"units\": 5");
        assertSays(predict(changed, folder.resolve("flowers.csv")), "Los pesos de " + changed
                + " (weights.safetensors) no son "
                + "los de la red: parameters/0/kernel: esperado f32[2, 5], encontrado f32[2, 4]; parameters/0/bias: esperado "
                + "f32[5], encontrado f32[4]; parameters/1/kernel: esperado f32[5, 2], encontrado f32[4, 2].");
        change(changed, "\"units\": 4", "\"units\": \"four\"");
        assertSays(predict(changed, folder.resolve("flowers.csv")), changed + " (model.json): "
                + "Layer.layers[0].units necesita int, pero el archivo tiene \"four\".");
        change(changed, "\"units\": 4", "\"units\": ,");
        assertThat(predict(changed, folder.resolve("flowers.csv")).err()).startsWith("Error: " + changed
                + " (model.json): JSON, línea ").contains(": se encontró ',' donde se esperaba un valor.");
    }

    private void change(Path file, String before, String after) throws IOException {
        Map<String, byte[]> parts = Archive.read(run().resolve("model.cajal"));
        Map<String, AtomicFile.Content> changed = new LinkedHashMap<>();
        parts.forEach((name, bytes) -> {
            byte[] part = name.endsWith(".json")
                    ? new String(bytes, StandardCharsets.UTF_8).replace(before, after).getBytes(StandardCharsets.UTF_8)
                    : bytes;
            changed.put(name, out -> out.write(part));
        });
        Archive.write(file, changed);
    }

    @Test
    void aModelThatIsDamaged() throws IOException {
        trained();
        byte[] whole = Files.readAllBytes(run().resolve("model.cajal"));
        Path damaged = Files.write(folder.resolve("damaged.cajal"), Arrays.copyOf(whole, whole.length / 2));
        assertSays(predict(damaged, folder.resolve("flowers.csv")), damaged + " está dañado, o no es un archivo de "
                + "Cajal: no se encuentra el final del archivo ZIP. Tome una copia más antigua, o entrene de nuevo.");
        whole[new String(whole, StandardCharsets.ISO_8859_1).indexOf("\"Dense\"") + 2] ^= 1;
        Files.write(damaged, whole);
        assertSays(predict(damaged, folder.resolve("flowers.csv")), damaged + " está dañado, o no es un archivo de "
                + "Cajal: su parte model.json no es lo que se escribió. Tome una copia más antigua, o entrene de nuevo.");
    }

    @Test
    @Tag("slow")
    void aPictureWithNothingOnIt() throws IOException {
        assertThat(Cli.here("train", "digits", "--model", "softmax", "--epochs", "1", "--out", run().toString()).code())
                .isZero();
        Path blank = folder.resolve("blank.png");
        ImageIO.write(new BufferedImage(200, 200, BufferedImage.TYPE_BYTE_GRAY), "png", blank.toFile());
        assertSays(predict(run(), blank), blank
                + ": No se encontró ninguna cifra: nada en la imagen destaca claramente "
                + "como escritura. Escriba con un bolígrafo grueso y oscuro sobre papel claro, y tome la foto de cerca, "
                + "con luz uniforme y con algo de papel por todos los lados.");
    }
}

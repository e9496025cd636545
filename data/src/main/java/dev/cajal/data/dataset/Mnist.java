package dev.cajal.data.dataset;

import dev.cajal.data.DataException;
import dev.cajal.data.image.Image;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;

/// Pictures of 28 x 28 grey pixels in ten classes, 60,000 to train and 10,000 to test, in four IDX files.
///
/// [MNIST](http://yann.lecun.com/exdb/mnist) (LeCun, Cortes, Burges) is handwritten digits; [Fashion-MNIST](https://github.com/zalandoresearch/fashion-mnist)
/// (Xiao, Rasul, Vollgraf 2017) is articles of clothing in the same form, and harder. Files are looked for in [the folders of data][DataFolders], and
/// downloaded into the user's cache where there are none.
public final class Mnist {
    private static final IdxDataSet<Integer> DIGITS = new IdxDataSet<>(
            "mnist",
            IntStream.range(0, 10).boxed().toList(),
            List.of(
                    new PublishedFile("train-images-idx3-ubyte.gz", 9912422,
                            "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
                    new PublishedFile("train-labels-idx1-ubyte.gz", 28881,
                            "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
                    new PublishedFile("t10k-images-idx3-ubyte.gz", 1648877,
                            "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
                    new PublishedFile("t10k-labels-idx1-ubyte.gz", 4542,
                            "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6")),
            List.of(
                    URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"),
                    URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/")));

    private static final IdxDataSet<String> FASHION = new IdxDataSet<>(
            "fashion-mnist",
            List.of("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
                    "Ankle boot"),
            List.of(
                    new PublishedFile("train-images-idx3-ubyte.gz", 26421880,
                            "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
                    new PublishedFile("train-labels-idx1-ubyte.gz", 29515,
                            "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
                    new PublishedFile("t10k-images-idx3-ubyte.gz", 4422102,
                            "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
                    new PublishedFile("t10k-labels-idx1-ubyte.gz", 5148,
                            "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5")),
            List.of(
                    URI.create("https://storage.googleapis.com/tensorflow/tf-keras-datasets/"),
                    URI.create(
                            "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/")));

    private Mnist() {}

    /// Handwritten digits; labels are the numbers 0 to 9.
    ///
    /// @throws DataException if the files are found nowhere and cannot be downloaded, or are damaged
    public static Split<Image, Integer> digits() {
        return digits(DownloadListener.none());
    }

    /// Handwritten digits; labels are the numbers 0 to 9.
    ///
    /// @param listener hears of the download, where there is one
    /// @throws DataException if the files are found nowhere and cannot be downloaded, or are damaged
    public static Split<Image, Integer> digits(DownloadListener listener) {
        return DIGITS.load(listener);
    }

    /// Articles of clothing; labels are their names.
    ///
    /// @throws DataException if the files are found nowhere and cannot be downloaded, or are damaged
    public static Split<Image, String> fashion() {
        return fashion(DownloadListener.none());
    }

    /// Articles of clothing; labels are their names.
    ///
    /// @param listener hears of the download, where there is one
    /// @throws DataException if the files are found nowhere and cannot be downloaded, or are damaged
    public static Split<Image, String> fashion(DownloadListener listener) {
        return FASHION.load(listener);
    }
}

import org.jspecify.annotations.NullMarked;

/// Where examples come from: files, generators and data sets by name.
@NullMarked
module dev.cajal.data {
    requires de.siegmar.fastcsv;
    requires com.twelvemonkeys.imageio.jpeg;
    requires com.twelvemonkeys.imageio.webp;
    requires java.desktop;
    requires java.net.http;
    requires static org.jspecify;
    requires transitive dev.cajal.nn;

    exports dev.cajal.data;
    exports dev.cajal.data.dataset;
    exports dev.cajal.data.digits;
    exports dev.cajal.data.folder;
    exports dev.cajal.data.generator;
    exports dev.cajal.data.idx;
    exports dev.cajal.data.image;
    exports dev.cajal.data.table;
    exports dev.cajal.data.text;
    exports dev.cajal.data.tokenizer;

    provides dev.cajal.nn.ConfigTypes with
            dev.cajal.data.dataset.DataTypes;
}

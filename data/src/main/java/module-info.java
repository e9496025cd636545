import org.jspecify.annotations.NullMarked;

/// Where examples come from: files, generators and data sets by name.
@NullMarked
module dev.cajal.data {
    requires java.net.http;
    requires static org.jspecify;
    requires transitive dev.cajal.nn;

    exports dev.cajal.data;
    exports dev.cajal.data.dataset;
    exports dev.cajal.data.digits;
    exports dev.cajal.data.idx;
    exports dev.cajal.data.image;

    provides dev.cajal.nn.ConfigTypes with
            dev.cajal.data.dataset.DataTypes;
}

import org.jspecify.annotations.NullMarked;

/// The command line.
@NullMarked
module dev.cajal.cli {
    requires static org.jspecify;
    requires dev.cajal;
    requires info.picocli;
    requires jdk.management;

    opens dev.cajal.cli to info.picocli;
}

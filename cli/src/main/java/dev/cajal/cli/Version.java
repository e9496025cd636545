package dev.cajal.cli;

import picocli.CommandLine.IVersionProvider;

/// What `cajal --version` prints.
final class Version implements IVersionProvider {
    Version() {}

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "cajal " + (version == null ? "(not packaged)" : version),
            "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }
}

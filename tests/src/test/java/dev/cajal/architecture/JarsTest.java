package dev.cajal.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.module.ModuleDescriptor.Requires;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// Cajal's core is small and stands alone: core, nn and cpu together are under 3 MB and need nothing but the JDK.
class JarsTest {
    private static final long BUDGET = 3 * 1024 * 1024;

    private static final Set<String> ALONE = Set.of("dev.cajal.core", "dev.cajal.nn", "dev.cajal.cpu");

    @Test
    void coreNnAndCpuAreUnderThreeMegabytes() throws Exception {
        Map<String, Long> sizes = new HashMap<>();
        for (var module : Production.modules()) {
            if (ALONE.contains(module.descriptor().name())) {
                sizes.put(module.descriptor().name(), sizeAsJar(module.location()));
            }
        }
        assertThat(sizes).containsOnlyKeys(ALONE);
        assertThat(sizes.get("dev.cajal.core")).isGreaterThan(10_000);
        assertThat(sizes.values().stream().mapToLong(Long::longValue).sum()).as("bytes of %s", sizes)
                .isLessThan(BUDGET);
    }

    @Test
    void theirModulesRequireOnlyTheJdk() {
        List<String> foreign = new ArrayList<>();
        for (var module : Production.modules()) {
            if (ALONE.contains(module.descriptor().name())) {
                module.descriptor().requires().stream()
                        .filter(requires -> !requires.modifiers().contains(Requires.Modifier.STATIC))
                        .map(Requires::name)
                        .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk.") && !ALONE.contains(name))
                        .forEach(name -> foreign.add(module.descriptor().name() + " requires " + name));
            }
        }
        assertThat(foreign).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "nn", "cpu", "."})
    void theirPomsNameNoRunTimeDependency(String module) throws Exception {
        assertThat(runTimeDependencies(Production.REPOSITORY.resolve(module).resolve("pom.xml")))
                .allMatch(dependency -> dependency.startsWith("dev.cajal:"));
    }

    @Test
    void aRunTimeDependencyIsSeen() throws Exception {
        assertThat(runTimeDependencies(Production.REPOSITORY.resolve("tests/pom.xml")))
                .containsExactly("dev.cajal:cajal-cli");
    }

    /// What a user of the artifact would get with it.
    private static List<String> runTimeDependencies(Path pom) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        Element project = factory.newDocumentBuilder().parse(pom.toFile()).getDocumentElement();
        List<String> found = new ArrayList<>();
        for (Element dependencies : children(project, "dependencies")) {
            for (Element dependency : children(dependencies, "dependency")) {
                String scope = children(dependency, "scope").stream().map(Element::getTextContent).findFirst()
                        .orElse("compile");
                if (!Set.of("test", "provided").contains(scope)) {
                    found.add(text(dependency, "groupId") + ":" + text(dependency, "artifactId"));
                }
            }
        }
        return found;
    }

    private static String text(Element parent, String name) {
        return children(parent, name).getFirst().getTextContent();
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    /// The bytes of the jar that a class file is in, or of the jar that the folder at the root of its package would become.
    private static long sizeAsJar(URL classFile) throws IOException, URISyntaxException {
        if (classFile.openConnection() instanceof JarURLConnection jar) {
            return Files.size(Path.of(jar.getJarFileURL().toURI()));
        }
        Path folder = Path.of(URI.create(classFile.toString())).getParent();
        var size = new CountingStream();
        try (var zip = new ZipOutputStream(size); Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
                Files.copy(file, zip);
            }
        }
        return size.bytes;
    }

    private static final class CountingStream extends OutputStream {
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] b, int offset, int length) {
            bytes += length;
        }
    }
}

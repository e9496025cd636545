package dev.cajal.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What the rules are about: Cajal's modules, their classes and their sources, as the tests' class path has them.
final class Production {
    static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    private static final List<String> PACKAGES_OF_JAVA_BASE = List.of("java.lang", "java.util", "java.util.function",
            "java.io",
            "java.nio.file", "java.time", "java.math", "java.net", "java.util.stream", "java.util.concurrent");

    private Production() {}

    static JavaClasses classes() {
        ImportOption isNoTest = location -> !location.contains("/test-classes/");
        return new ClassFileImporter().withImportOption(isNoTest)
                .importPackages("dev.cajal");
    }

    /// A module with the place of its `module-info.class`, in a folder or in a jar.
    record Module(ModuleDescriptor descriptor, URL location) {}

    static List<Module> modules() {
        try {
            var modules = new TreeMap<String, Module>();
            for (URL url : Collections.list(Production.class.getClassLoader().getResources("module-info.class"))) {
                try (var bytes = url.openStream()) {
                    var descriptor = ModuleDescriptor.read(bytes);
                    if (descriptor.name().startsWith("dev.cajal")) {
                        modules.put(descriptor.name(), new Module(descriptor, url));
                    }
                }
            }
            return List.copyOf(modules.values());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The packages that any user can import from.
    static Set<String> exportedPackages() {
        Set<String> exported = new LinkedHashSet<>();
        for (Module module : modules()) {
            module.descriptor().exports().stream()
                    .filter(export -> !export.isQualified())
                    .forEach(export -> exported.add(export.source()));
        }
        return exported;
    }

    /// The packages that have sources in a module of the repository.
    static Set<String> sourcePackages() {
        Set<String> packages = new TreeSet<>();
        try (Stream<Path> modules = Files.list(REPOSITORY)) {
            for (Path module : modules.toList()) {
                Path sources = module.resolve("src/main/java");
                if (Files.isDirectory(sources)) {
                    try (Stream<Path> files = Files.walk(sources)) {
                        files.filter(file -> file.toString().endsWith(".java"))
                                .map(file -> sources.relativize(file).getParent())
                                .filter(folder -> folder != null)
                                .forEach(folder -> packages
                                        .add(folder.toString().replace(folder.getFileSystem().getSeparator(), ".")));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packages;
    }

    /// The simple names of the public classes of java.base that people import, each with its full name.
    static Map<String, String> namesOfJavaBase() {
        Map<String, String> names = new TreeMap<>();
        Path base = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", "java.base");
        for (String packageName : PACKAGES_OF_JAVA_BASE) {
            try (Stream<Path> files = Files.list(base.resolve(packageName.replace('.', '/')))) {
                files.map(file -> file.getFileName().toString())
                        .filter(file -> file.endsWith(".class") && !file.contains("$"))
                        .map(file -> file.substring(0, file.length() - ".class".length()))
                        .filter(name -> isPublic(packageName + "." + name))
                        .forEach(name -> names.putIfAbsent(name, packageName + "." + name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return names;
    }

    private static boolean isPublic(String className) {
        try {
            return java.lang.reflect.Modifier.isPublic(Class.forName(className, false, null).getModifiers());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}

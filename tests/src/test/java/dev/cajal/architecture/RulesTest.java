package dev.cajal.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Shows that each rule fails on code that breaks it, names the culprit, and spares code that does not.
class RulesTest {
    private static final String FIXTURES = "dev.cajal.architecture.fixture.";

    private static List<String> violations(String fixture, Function<Rules, ArchRule> rule) {
        var classes = new ClassFileImporter().importPackages(FIXTURES + fixture);
        assertThat(classes).isNotEmpty();
        return rule.apply(new Rules(FIXTURES + fixture)).evaluate(classes).getFailureReport().getDetails();
    }

    @Test
    void packageCycles() {
        assertThat(violations("cycle", Rules::noPackageCycles))
                .singleElement().asString().contains("Slice nn ->", "Slice nn.layer");
    }

    @Test
    void layers() {
        assertThat(violations("layers", rules -> rules.layers(Layers.CAJAL)))
                .allMatch(line -> line.contains("type.Shape") || line.contains("nn.loss.Loss")
                        || line.contains("Forgotten"))
                .anyMatch(line -> line.startsWith("type must not use") && line.contains("ir.Graph"))
                .anyMatch(line -> line.startsWith("nn.loss must not use") && line.contains("nn.metric.Metric"))
                .anyMatch(line -> line.contains("attic.Forgotten is in no layer"));
    }

    @Test
    void aLayerCannotUseOneThatComesAfterIt() {
        var layers = Layers.CAJAL;
        assertThat(layers.mayUse("nn", "type")).isTrue();
        assertThat(layers.mayUse("nn", "nn.layer")).isFalse();
        assertThat(layers.mayUse("cpu", "tensor")).isFalse();
        assertThat(layers.of("nn.layer.recurrent")).contains("nn.layer");
        assertThat(layers.of("nn.attention")).contains("nn");
        assertThat(layers.of("attic")).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new Layers().add("ir", "type"))
                .withMessageContaining("comes after");
    }

    @Test
    void printing() {
        assertThat(violations("printing", Rules::noPrinting))
                .allMatch(line -> line.contains("Prints"))
                .anyMatch(line -> line.contains("out()"))
                .anyMatch(line -> line.contains("err()"))
                .anyMatch(line -> line.contains("trace()"))
                .anyMatch(line -> line.contains("io()"))
                .anyMatch(line -> line.contains("console()"));
    }

    @Test
    void namesOfJavaBase() {
        var exported = Set.of(FIXTURES + "names.type");
        assertThat(violations("names", rules -> rules.noNamesOfJavaBase(exported, Production.namesOfJavaBase())))
                .containsExactlyInAnyOrder(
                        FIXTURES + "names.type.Path has the name of java.nio.file.Path",
                        FIXTURES + "names.type.Tensor$Future has the name of java.util.concurrent.Future");
    }

    @Test
    void inexactVectorOperators() {
        assertThat(violations("vector", Rules::noInexactVectorOperators))
                .hasSize(2)
                .anyMatch(line -> line.contains("Kernels.exp("))
                .anyMatch(line -> line.contains("Kernels.power("));
    }

    @Test
    void floatingReduceLanes() {
        assertThat(violations("vector", Rules::noFloatingReduceLanes))
                .hasSize(2)
                .anyMatch(line -> line.contains("Kernels.sum("))
                .anyMatch(line -> line.contains("Kernels.sumOfLongs("));
    }

    @Test
    void unsafe() {
        assertThat(violations("unsafe", Rules::noUnsafe)).singleElement().asString().contains("Peeks.unsafe");
    }

    @Test
    void vectorApiOutsideTheCpuBackend() {
        assertThat(violations("vector", Rules::onlyTheCpuBackendUsesTheVectorApi))
                .isNotEmpty()
                .allMatch(line -> line.contains("ir.Lanes"));
    }

    @Test
    void compilingAgainstTheCpuBackend() {
        assertThat(violations("vector", Rules::nothingCompilesAgainstTheCpuBackend))
                .isNotEmpty()
                .allMatch(line -> line.contains("nn.Direct"));
    }
}

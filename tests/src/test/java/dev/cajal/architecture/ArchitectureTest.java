package dev.cajal.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Holds Cajal to the rules. That each rule can fail is shown in [RulesTest].
class ArchitectureTest {
    private static final Rules RULES = new Rules("dev.cajal");

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = Production.classes();
    }

    @Test
    void theRulesSeeEveryPackageThatHasSources() {
        var seen = classes.stream()
                .filter(type -> !type.getSimpleName().equals("module-info"))
                .map(JavaClass::getPackageName)
                .collect(Collectors.toSet());
        assertThat(Production.sourcePackages()).isNotEmpty();
        assertThat(seen).isEqualTo(Production.sourcePackages());
    }

    @Test
    void packagesHaveNoCycles() {
        RULES.noPackageCycles().check(classes);
    }

    @Test
    void arrowsGoOneWay() {
        RULES.layers(Layers.CAJAL).check(classes);
    }

    @Test
    void librariesDoNotPrint() {
        RULES.noPrinting().check(classes);
    }

    @Test
    void exportedNamesAreFreeInJavaBase() {
        assertThat(Production.exportedPackages()).contains("dev.cajal.type");
        RULES.noNamesOfJavaBase(Production.exportedPackages(), Production.namesOfJavaBase()).check(classes);
    }

    @Test
    void vectorOperatorsAreExact() {
        RULES.noInexactVectorOperators().check(classes);
    }

    @Test
    void lanesAreAddedInAnOrderOfOurOwn() {
        RULES.noFloatingReduceLanes().check(classes);
    }

    @Test
    void nothingIsUnsafe() {
        RULES.noUnsafe().check(classes);
    }

    @Test
    void theVectorApiStaysInTheCpuBackend() {
        RULES.onlyTheCpuBackendUsesTheVectorApi().check(classes);
    }

    @Test
    void theCpuBackendIsOnlyAService() {
        RULES.nothingCompilesAgainstTheCpuBackend().check(classes);
    }
}

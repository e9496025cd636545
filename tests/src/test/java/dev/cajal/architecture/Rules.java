package dev.cajal.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;

/// What the structure of the code has to be. The rules speak about the packages below a root, which is `dev.cajal` for
/// Cajal and a fixture's package where a test shows that the rule can fail.
record Rules(String root) {
    /// Operators of the Vector API that are computed by a library of the machine or by another approximation in the
    /// interpreter, so that cold and warm code give different bits.
    private static final Set<String> INEXACT_OPERATORS = Set.of("SIN", "COS", "TAN", "ASIN", "ACOS", "ATAN", "SINH",
            "COSH",
            "TANH", "EXP", "EXPM1", "LOG", "LOG10", "LOG1P", "CBRT", "POW", "ATAN2", "HYPOT");

    private static final Set<String> FLOATING_VECTORS = Set.of("jdk.incubator.vector.FloatVector",
            "jdk.incubator.vector.DoubleVector", "jdk.incubator.vector.Vector");

    ArchRule noPackageCycles() {
        return slices().matching(root + ".(**)").should().beFreeOfCycles().allowEmptyShould(true);
    }

    ArchRule layers(Layers layers) {
        return classes().that(areBelowTheRoot())
                .should(new ArchCondition<JavaClass>("use only layers below their own") {
                    @Override
                    public void check(JavaClass origin, ConditionEvents events) {
                        var from = layers.of(nameFromRoot(origin));
                        if (from.isEmpty()) {
                            events.add(SimpleConditionEvent.violated(origin,
                                    origin.getName() + " is in no layer; say in Layers where its package belongs"));
                            return;
                        }
                        for (var dependency : origin.getDirectDependenciesFromSelf()) {
                            JavaClass target = dependency.getTargetClass().getBaseComponentType();
                            if (areBelowTheRoot().test(target)
                                    && layers.of(nameFromRoot(target)).filter(to -> layers.mayUse(from.get(), to))
                                            .isEmpty()) {
                                events.add(SimpleConditionEvent.violated(origin,
                                        from.get() + " must not use this: " + dependency.getDescription()));
                            }
                        }
                    }
                }).allowEmptyShould(true);
    }

    /// Libraries return values and throw; what a person sees is the command line's affair.
    ArchRule noPrinting() {
        return noClasses()
                .that(areBelowTheRoot())
                .and()
                .resideOutsideOfPackage(root + ".cli..")
                .should()
                .accessFieldWhere(describe("the field is System.out or System.err", Rules::isStandardStream))
                .orShould()
                .callMethodWhere(describe("it prints a stack trace", access -> isCall(access, "printStackTrace")
                        && access.getTargetOwner().isAssignableTo(Throwable.class)))
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.IO")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.Console")
                .allowEmptyShould(true);
    }

    /// A user who imports both would have to spell one of them out for ever.
    ///
    /// @param exported the packages that users can import from
    /// @param taken simple names, each with the class that has it
    ArchRule noNamesOfJavaBase(Set<String> exported, Map<String, String> taken) {
        return classes()
                .that()
                .haveModifier(JavaModifier.PUBLIC)
                .and(describe("are exported", type -> exported.contains(type.getPackageName())))
                .should(new ArchCondition<JavaClass>("have a simple name that java.base leaves free") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        if (taken.containsKey(type.getSimpleName())) {
                            events.add(SimpleConditionEvent.violated(type,
                                    type.getName() + " has the name of " + taken.get(type.getSimpleName())));
                        }
                    }
                })
                .allowEmptyShould(true);
    }

    ArchRule noInexactVectorOperators() {
        return noClasses()
                .should()
                .accessFieldWhere(describe("the field is an inexact operator",
                        access -> access.getTargetOwner().getName().equals("jdk.incubator.vector.VectorOperators")
                                && INEXACT_OPERATORS.contains(access.getName())))
                .orShould()
                .callMethodWhere(describe("it is pow of a floating vector",
                        access -> isCall(access, "pow") && isFloatingVector(access.getTargetOwner())))
                .allowEmptyShould(true);
    }

    /// The order in which the lanes are added depends on the machine; a tree of our own does not.
    ArchRule noFloatingReduceLanes() {
        return noClasses()
                .should()
                .callMethodWhere(describe("it reduces the lanes of a floating vector",
                        access -> access.getName().startsWith("reduceLanes")
                                && isFloatingVector(access.getTargetOwner())))
                .allowEmptyShould(true);
    }

    ArchRule noUnsafe() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("sun..", "jdk.internal..")
                .allowEmptyShould(true);
    }

    ArchRule onlyTheCpuBackendUsesTheVectorApi() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".cpu..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator..")
                .allowEmptyShould(true);
    }

    /// It is found as a service, and the system has to work without it.
    ArchRule nothingCompilesAgainstTheCpuBackend() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".cpu..")
                .should()
                .dependOnClassesThat(resideInAPackage(root + ".cpu.."))
                .allowEmptyShould(true);
    }

    private com.tngtech.archunit.base.DescribedPredicate<JavaClass> areBelowTheRoot() {
        return describe("are below " + root, type -> type.getPackageName().startsWith(root + "."));
    }

    private String nameFromRoot(JavaClass type) {
        return type.getPackageName().substring(root.length() + 1);
    }

    private static boolean isStandardStream(JavaFieldAccess access) {
        return access.getTargetOwner().isEquivalentTo(System.class) && Set.of("out", "err").contains(access.getName());
    }

    private static boolean isFloatingVector(JavaClass owner) {
        return FLOATING_VECTORS.contains(owner.getName());
    }

    private static boolean isCall(JavaAccess<?> access, String method) {
        return access.getName().equals(method);
    }
}

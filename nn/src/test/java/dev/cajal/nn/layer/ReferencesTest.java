package dev.cajal.nn.layer;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Every type of layer is compared with numbers of another program, or with its definition. Gradients and agreement of the backends would also hold for a wrong one.
class ReferencesTest {
    private static final String DROPPED = "what is dropped is drawn; what becomes of it: DropoutTest";
    private static final String NOISE = "noise is drawn; its distribution: AutoEncoderTest";
    private static final String PICTURES = "what is done is drawn; that it is what was said: AugmentationTest";

    /// Types without a fixture, and why.
    private static final Map<Class<?>, String> ELSEWHERE = Map.ofEntries(
            entry(Dropout.class, DROPPED),
            entry(SpatialDropout.class, DROPPED),
            entry(DropPath.class, DROPPED),
            entry(GaussianNoise.class, NOISE),
            entry(MaskingNoise.class, NOISE),
            entry(RandomTranslation.class, PICTURES),
            entry(RandomFlip.class, PICTURES),
            entry(RandomCrop.class, PICTURES),
            entry(RandomResizedCrop.class, PICTURES),
            entry(RandomAffine.class, PICTURES),
            entry(RandomErasing.class, PICTURES),
            entry(ColorJitter.class, PICTURES),
            entry(RandAugment.class, PICTURES));

    @Test
    void everyTypeHasAReference() throws ReflectiveOperationException {
        Set<Class<?>> compared = new HashSet<>();
        for (LayerFixtureTest.Case example : LayerFixtureTest.all().toList()) {
            collect(example.layer(), compared);
        }
        compared.retainAll(Layers.types());
        assertThat(compared).doesNotContainAnyElementsOf(ELSEWHERE.keySet());
        compared.addAll(ELSEWHERE.keySet());
        assertThat(compared).containsExactlyInAnyOrderElementsOf(Layers.types());
    }

    /// The types of a record and of all that it consists of.
    private static void collect(Object part, Set<Class<?>> types)
            throws InvocationTargetException, IllegalAccessException {
        switch (part) {
            case Iterable<?> several -> {
                for (Object one : several) {
                    collect(one, types);
                }
            }
            case Optional<?> maybe when maybe.isPresent() -> collect(maybe.get(), types);
            case Record whole -> {
                types.add(whole.getClass());
                for (RecordComponent component : whole.getClass().getRecordComponents()) {
                    component.getAccessor().setAccessible(true);
                    collect(component.getAccessor().invoke(whole), types);
                }
            }
            default -> {
                // A number, a name or a function.
            }
        }
    }
}

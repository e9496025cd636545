package dev.cajal.cli.doctor;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.OptionalInt;

/// Options of the virtual machine, as far as it is HotSpot.
final class HotSpot {
    private HotSpot() {}

    /// An option that is a number; empty if there is no such option here.
    static OptionalInt number(String name) {
        return option(name).map(option -> OptionalInt.of(Integer.parseInt(option.getValue())))
                .orElse(OptionalInt.empty());
    }

    /// What somebody gave an option, instead of the virtual machine itself.
    static Optional<String> given(String name) {
        return option(name).filter(option -> switch (option.getOrigin()) {
            case DEFAULT, ERGONOMIC -> false;
            default -> true;
        }).map(VMOption::getValue);
    }

    private static Optional<VMOption> option(String name) {
        try {
            return Optional.ofNullable(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class))
                    .map(machine -> machine.getVMOption(name));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }
}

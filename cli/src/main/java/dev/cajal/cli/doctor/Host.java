package dev.cajal.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/// What Java, the system and the machine are.
///
/// @param java version of the JDK
/// @param vendor whose JDK it is
/// @param machine name of the virtual machine
/// @param compilers which compilers it has
/// @param avx what somebody set the option UseAVX to, which limits the width of vectors
/// @param system name and version of the operating system
/// @param architecture that the JDK was built for
/// @param processor its name
/// @param processors that Java may use, in a container those of the container
/// @param heapBytes the most that Java's heap may become
/// @param memoryBytes the machine's or the container's memory
public record Host(String java, String vendor, String machine, Compilers compilers, Optional<String> avx,
        String system, String architecture, String processor, int processors, long heapBytes, long memoryBytes) {

    /// The one that this runs on.
    public static Host here() {
        return new Host(
                Runtime.version().toString(),
                System.getProperty("java.vendor", ""),
                System.getProperty("java.vm.name", ""),
                Compilers.ofJava(),
                HotSpot.given("UseAVX"),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("os.arch"),
                Processor.name(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory(),
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize());
    }

    /// Whether the JDK is one for Intel's processors on one of Apple's, where all of it is translated.
    public boolean isTranslated() {
        return processor.startsWith("Apple") && architecture.equals("x86_64");
    }
}

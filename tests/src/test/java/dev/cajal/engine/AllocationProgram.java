package dev.cajal.engine;

import com.sun.management.ThreadMXBean;
import dev.cajal.memory.MemoryPool;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/// Trains until the JVM's compilers are done, and says what a step allocates; see [AllocationTest].
///
/// Steps come in rounds. The compilers are taken to be done when a plan has allocated nothing for a whole round.
public final class AllocationProgram {
    private static final int STEPS = 200;
    private static final String PLAN = "dev.cajal.cpu.run.Program";
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AllocationProgram() {}

    /// @param arguments the name of a training, and for how many seconds it may warm up
    public static void main(String[] arguments) throws IOException {
        CompiledTraining training = CompiledTraining.of(arguments[0]);
        long end = System.nanoTime() + Duration.ofSeconds(Long.parseLong(arguments[1])).toNanos();
        Round round = Round.of(training);
        List<String> places = List.of("not looked for yet");
        // The bytes of a call are the same in each round once all is compiled; where they still change, looking for places is too early.
        for (Round before = round; (!places.isEmpty() || round.reserved() > 0)
                && System.nanoTime() < end; before = round) {
            round = Round.of(training);
            if (round.caller() == before.caller() && round.workers() == 0) {
                places = places(training);
            }
        }
        IO.println("step " + round.caller());
        IO.println("workers " + round.workers());
        IO.println("reserved " + round.reserved());
        IO.println("results " + training.results());
        places.forEach(place -> IO.println("place " + place));
    }

    /// What some steps allocated.
    ///
    /// @param caller bytes of heap on this thread, for each step
    /// @param workers bytes of heap on all threads of the pool, for all steps
    /// @param reserved bytes that the pool of off-heap memory got from the system
    private record Round(long caller, long workers, long reserved) {
        static Round of(CompiledTraining training) {
            long[] pool = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("cajal-worker"))
                    .mapToLong(Thread::threadId)
                    .toArray();
            long memory = MemoryPool.shared().statistics().reserved();
            long others = bytes(pool);
            long own = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < STEPS; i++) {
                training.step();
            }
            own = THREADS.getCurrentThreadAllocatedBytes() - own;
            others = bytes(pool) - others;
            return new Round(own / STEPS, others, MemoryPool.shared().statistics().reserved() - memory);
        }

        private static long bytes(long[] threads) {
            long sum = 0;
            for (long bytes : THREADS.getThreadAllocatedBytes(threads)) {
                sum += bytes;
            }
            return sum;
        }
    }

    /// Where a plan allocates, as the flight recorder sees it.
    private static List<String> places(CompiledTraining training) throws IOException {
        Path file = Files.createTempFile("allocation", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ObjectAllocationInNewTLAB").withStackTrace();
            recording.enable("jdk.ObjectAllocationOutsideTLAB").withStackTrace();
            recording.start();
            for (int i = 0; i < STEPS; i++) {
                training.step();
            }
            recording.stop();
            recording.dump(file);
            Map<String, Integer> counts = new TreeMap<>();
            int events = 0;
            for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
                if (event.getStackTrace() != null) {
                    events++;
                    List<RecordedFrame> frames = event.getStackTrace().getFrames();
                    if (frames.stream().anyMatch(AllocationProgram::isPlan)) {
                        counts.merge(event.getClass("objectClass").getName() + " in " + describe(frames), 1,
                                Integer::sum);
                    }
                }
            }
            List<String> places = new ArrayList<>();
            if (events == 0) {
                places.add("none at all: the flight recorder saw nothing");
            }
            counts.forEach((place, count) -> places.add(count + " x " + place));
            return places;
        } finally {
            Files.delete(file);
        }
    }

    private static boolean isPlan(RecordedFrame frame) {
        String type = frame.getMethod().getType().getName();
        return type.equals(PLAN) || type.startsWith("dev.cajal.cpu.thread.WorkerPool");
    }

    private static String describe(List<RecordedFrame> frames) {
        return String.join(" < ", frames.stream()
                .filter(frame -> frame.getMethod().getType().getName().startsWith("dev.cajal"))
                .limit(4)
                .map(frame -> frame.getMethod().getType().getName() + "." + frame.getMethod().getName() + ":"
                        + frame.getLineNumber())
                .toList());
    }
}

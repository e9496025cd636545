package dev.cajal.data.folder;

import dev.cajal.data.DataException;
import dev.cajal.data.Place;
import dev.cajal.data.image.Image;
import dev.cajal.data.image.ImageInputs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Decodes many pictures into one array by several threads: each takes the next picture, and writes it to the place that its number gives, so that
/// nothing depends on who was faster.
final class PictureReading {
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private final List<Path> files;
    private final ImageInputs inputs;
    private final boolean skipsDamaged;
    private final int threads;
    private final LoadingListener listener;
    private final AtomicInteger next = new AtomicInteger();
    private final @Nullable DataException[] damaged;
    private int done;

    PictureReading(List<Path> files, ImageInputs inputs, boolean skipsDamaged, int threads, LoadingListener listener) {
        this.files = files;
        this.inputs = inputs;
        this.skipsDamaged = skipsDamaged;
        this.threads = threads;
        this.listener = listener;
        this.damaged = new DataException[files.size()];
    }

    /// The bytes of all pictures that are kept, one behind the other.
    ///
    /// @throws DataException for the first damaged one, if those are not skipped, or if there are too many
    byte[] read() {
        int size = Math.toIntExact(inputs.shape().size());
        long bytes = (long) size * files.size();
        long free = Runtime.getRuntime().maxMemory() - Runtime.getRuntime().totalMemory()
                + Runtime.getRuntime().freeMemory();
        if (bytes > Math.min(MOST_BYTES, free)) {
            throw new DataException("folder.too-large", Place.of(String.valueOf(files.getFirst().getParent())), null,
                    "%s pictures of %s x %s x %s need %s MB, and %s MB are free. Give them a smaller size.",
                    files.size(), inputs.height(), inputs.width(), inputs.channels(), bytes >> 20,
                    Math.min(MOST_BYTES, free) >> 20);
        }
        byte[] all = new byte[(int) bytes];
        decode(all, size);
        if (!skipsDamaged) {
            firstDamaged().ifPresent(first -> {
                throw new DataException("folder.damaged-picture", first,
                        "%s To leave out what cannot be read: --skip-damaged, in Java skippingDamaged().",
                        first.phrase());
            });
        }
        List<Integer> kept = kept();
        if (kept.size() < files.size()) {
            for (int i = 0; i < kept.size(); i++) {
                System.arraycopy(all, kept.get(i) * size, all, i * size, size);
            }
            all = Arrays.copyOf(all, kept.size() * size);
        }
        return all;
    }

    private void decode(byte[] all, int size) {
        try (ExecutorService workers = Executors.newFixedThreadPool(threads,
                work -> Thread.ofPlatform().daemon().name("cajal-pictures").unstarted(work))) {
            List<Future<?>> parts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                parts.add(workers.submit(() -> work(all, size)));
            }
            for (Future<?> part : parts) {
                part.get();
            }
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failure.getCause());
        } catch (InterruptedException interruption) {
            next.set(files.size());
            Thread.currentThread().interrupt();
            throw new DataException("folder.interrupted", interruption, "The reading of pictures was interrupted.");
        }
    }

    private void work(byte[] all, int size) {
        for (int i = next.getAndIncrement(); i < files.size(); i = next.getAndIncrement()) {
            try {
                byte[] pixels = inputs.fit(Image.read(files.get(i))).toBytes();
                System.arraycopy(pixels, 0, all, i * size, size);
            } catch (DataException refused) {
                damaged[i] = refused;
                if (!skipsDamaged) {
                    // Pictures before this one are in work already: the first damaged one is among them, or it is this one.
                    next.set(files.size());
                }
            }
            told();
        }
    }

    private synchronized void told() {
        done++;
        listener.progress(done, files.size());
    }

    /// Positions of the pictures that could be read.
    List<Integer> kept() {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < damaged.length; i++) {
            if (damaged[i] == null) {
                kept.add(i);
            }
        }
        return kept;
    }

    /// What is wrong with the first picture that could not be read.
    Optional<DataException> firstDamaged() {
        for (DataException each : damaged) {
            if (each != null) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}

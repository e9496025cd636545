package dev.cajal.data.folder;

import dev.cajal.data.DataException;
import dev.cajal.data.image.ImageInputs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/// Decodes many pictures once by several threads: each takes the next picture, and writes it to the place that its number gives, so that
/// nothing depends on who was faster.
final class PictureReading {
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
    /// @throws DataException for the first damaged one, if those are not skipped
    byte[] read() {
        int size = Math.toIntExact(inputs.shape().size());
        byte[] all = new byte[Math.multiplyExact(size, files.size())];
        decode((pixels, i) -> System.arraycopy(pixels, 0, all, i * size, size));
        List<Integer> kept = kept();
        for (int i = 0; i < kept.size(); i++) {
            System.arraycopy(all, kept.get(i) * size, all, i * size, size);
        }
        return kept.size() < files.size() ? Arrays.copyOf(all, kept.size() * size) : all;
    }

    /// Finds out which pictures can be read, and keeps none.
    ///
    /// @throws DataException for the first damaged one, if those are not skipped
    void check() {
        decode((_, _) -> {});
    }

    /// @param target gets the bytes of each picture, with its number
    private void decode(ObjIntConsumer<byte[]> target) {
        try (ExecutorService workers = Executors.newFixedThreadPool(threads,
                work -> Thread.ofPlatform().daemon().name("cajal-pictures").unstarted(work))) {
            List<Future<?>> parts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                parts.add(workers.submit(() -> work(target)));
            }
            for (Future<?> part : parts) {
                part.get();
            }
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (failure.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(failure.getCause());
        } catch (InterruptedException interruption) {
            next.set(files.size());
            Thread.currentThread().interrupt();
            throw new DataException("folder.interrupted", interruption, "The reading of pictures was interrupted.");
        }
        if (!skipsDamaged) {
            damaged().stream().findFirst().ifPresent(first -> {
                throw notSkipped(first);
            });
        }
    }

    private void work(ObjIntConsumer<byte[]> target) {
        for (int i = next.getAndIncrement(); i < files.size(); i = next.getAndIncrement()) {
            try {
                target.accept(pixels(files.get(i), inputs), i);
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

    /// A picture as a row of bytes.
    static byte[] pixels(Path file, ImageInputs inputs) {
        return inputs.read(file).toBytes();
    }

    /// What is wrong with a picture, and how to do without it.
    static DataException notSkipped(DataException damaged) {
        return new DataException("folder.damaged-picture", damaged,
                "%s To leave out what cannot be read: --skip-damaged, in Java skippingDamaged().",
                damaged.phrase());
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

    /// What is wrong with each picture that could not be read, in their order.
    List<DataException> damaged() {
        return Arrays.stream(damaged).filter(Objects::nonNull).toList();
    }
}

package dev.cajal.data.dataset;

import dev.cajal.type.Phrase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Fetches published files into a folder. A file is complete and has the right check sum, or it is not there: it arrives under a name of its
/// own and is moved into its place at the end.
final class Download {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int CHUNK = 1 << 16;

    private final List<URI> mirrors;
    private final DownloadListener listener;
    private final Duration patience;

    /// @param mirrors addresses of folders with the same files, the preferred one first
    Download(List<URI> mirrors, DownloadListener listener) {
        this(mirrors, listener, PATIENCE);
    }

    /// @param patience how long nothing may arrive before a mirror is given up
    Download(List<URI> mirrors, DownloadListener listener, Duration patience) {
        this.mirrors = List.copyOf(mirrors);
        this.listener = listener;
        this.patience = patience;
    }

    /// Fetches the files that are not there yet.
    ///
    /// @throws IOException if a file can be had from none of the mirrors, or the folder cannot be written
    void into(Path folder, List<PublishedFile> files) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(patience)
                .build();
        try {
            for (PublishedFile file : files) {
                if (!Files.exists(folder.resolve(file.name()))) {
                    fetch(client, folder, file);
                }
            }
        } finally {
            // and not close(), which would wait for a mirror that was given up
            client.shutdownNow();
        }
    }

    private void fetch(HttpClient client, Path folder, PublishedFile file) throws IOException, InterruptedException {
        List<Phrase> reasons = new ArrayList<>();
        for (URI mirror : mirrors) {
            Path arriving = Files.createTempFile(folder, file.name(), ".part");
            try {
                fetch(client, mirror.resolve(file.name()), arriving, file);
                Files.move(arriving, folder.resolve(file.name()), StandardCopyOption.ATOMIC_MOVE);
                return;
            } catch (IOException cause) {
                reasons.add(reason(cause).at(mirror.resolve(file.name())));
            } finally {
                Files.deleteIfExists(arriving);
            }
        }
        throw new Failure(reasons.isEmpty()
                ? Phrase.of("download.no-address", "there is no address to fetch %s from", file.name())
                : Phrase.joined("; ", reasons));
    }

    /// Why something could not be fetched.
    static Phrase reason(Exception cause) {
        if (cause instanceof Failure failure) {
            return failure.reason;
        }
        String message = cause.getMessage();
        return Phrase.verbatim(message == null || message.isBlank() ? cause.getClass().getSimpleName() : message);
    }

    /// A failure that is said in words of our own.
    private static final class Failure extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient Phrase reason;

        Failure(Phrase reason) {
            this(reason, null);
        }

        Failure(Phrase reason, @Nullable Throwable cause) {
            super(reason.toString(), cause);
            this.reason = reason;
        }
    }

    private void fetch(HttpClient client, URI address, Path arriving, PublishedFile file)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address).timeout(patience).build();
        var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            if (response.statusCode() != 200) {
                throw new Failure(Phrase.of("download.status", "the server answered with status %s",
                        response.statusCode()));
            }
            String sum = receive(body, arriving, file);
            if (!sum.equals(file.sha256())) {
                throw new Failure(Phrase.of("download.sum", "the SHA-256 sum is %s instead of %s",
                        sum, file.sha256()));
            }
        }
    }

    /// @return the check sum of what arrived
    private String receive(InputStream body, Path arriving, PublishedFile file) throws IOException {
        var digest = sha256();
        var bytes = new AtomicLong();
        var stalled = new AtomicBoolean();
        var watch = Thread.ofVirtual().start(() -> closeWhenNothingArrives(body, bytes, stalled));
        try (OutputStream out = Files.newOutputStream(arriving)) {
            byte[] chunk = new byte[CHUNK];
            for (int length = body.read(chunk); length >= 0; length = body.read(chunk)) {
                if (bytes.addAndGet(length) > file.bytes()) {
                    throw new Failure(Phrase.of("download.more", "more than the %s bytes of %s arrived",
                            file.bytes(), file.name()));
                }
                out.write(chunk, 0, length);
                digest.update(chunk, 0, length);
                listener.progress(file.name(), bytes.get(), file.bytes());
            }
        } catch (IOException cause) {
            throw stalled.get()
                    ? new Failure(Phrase.of("download.stalled",
                            "nothing more came for %s seconds after %s of %s bytes",
                            patience.toMillis() / 1000.0, bytes, file.bytes()), cause)
                    : cause;
        } finally {
            watch.interrupt();
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /// Reading a body has no time limit of its own; a read ends with an error when the body is closed.
    private void closeWhenNothingArrives(InputStream body, AtomicLong bytes, AtomicBoolean stalled) {
        try {
            long before;
            do {
                before = bytes.get();
                Thread.sleep(patience);
            } while (bytes.get() > before);
            stalled.set(true);
            body.close();
        } catch (InterruptedException all) {
            // has arrived, or is given up
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
    }
}

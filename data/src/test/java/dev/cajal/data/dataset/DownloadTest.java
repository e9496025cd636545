package dev.cajal.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
    private static final byte[] CONTENT = "what was published".repeat(10_000).getBytes(StandardCharsets.US_ASCII);

    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve("/good/", CONTENT, CONTENT.length);
        serve("/other/", "something else".getBytes(StandardCharsets.US_ASCII), 14);
        serve("/cut/", Arrays.copyOf(CONTENT, 1000), CONTENT.length);
        serve("/long/",
                (new String(CONTENT, StandardCharsets.US_ASCII) + "and more").getBytes(StandardCharsets.US_ASCII),
                0);
        server.createContext("/stalling/", this::stall);
        server.setExecutor(handlers);
        server.start();
    }

    /// Says how much will come, sends a little of it, and then nothing until the test is over.
    private void stall(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, CONTENT.length);
        exchange.getResponseBody().write(CONTENT, 0, 1000);
        exchange.getResponseBody().flush();
        try {
            over.await();
        } catch (InterruptedException ignored) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    private void serve(String path, byte[] content, int length) {
        server.createContext(path, exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(200, length);
            exchange.getResponseBody().write(content);
            exchange.getResponseBody().flush();
            // Closing the exchange, and not its body, also closes a connection on which less came than was announced.
            exchange.close();
        });
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        handlers.shutdownNow();
    }

    @Test
    void filesArriveUnderTheirNamesOnce() throws Exception {
        List<Long> heard = new ArrayList<>();
        var download = new Download(List.of(mirror("good")), (file, bytes, total) -> {
            assertThat(file).isEqualTo("set.gz");
            assertThat(total).isEqualTo(CONTENT.length);
            heard.add(bytes);
        });
        download.into(folder.resolve("new/folder"), List.of(published()));
        download.into(folder.resolve("new/folder"), List.of(published()));
        assertThat(folder.resolve("new/folder/set.gz")).hasBinaryContent(CONTENT);
        assertThat(requests).hasValue(1);
        assertThat(heard).isSorted().endsWith((long) CONTENT.length);
    }

    @Test
    void aFileThatIsNotWhatWasPublishedIsNotKept() throws Exception {
        refused("other", "SHA-256");
        refused("cut", "set.gz: ");
        refused("long", "more than the " + CONTENT.length + " bytes");
        refused("nowhere", "404");
    }

    private void refused(String mirror, String message) throws IOException {
        var download = new Download(List.of(mirror(mirror)), DownloadListener.none());
        assertThatThrownBy(() -> download.into(folder, List.of(published())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message);
        try (var files = Files.list(folder)) {
            assertThat(files).as("after %s", mirror).isEmpty();
        }
    }

    @Test
    void aServerThatStopsSendingIsGivenUp() throws Exception {
        var patience = Duration.ofMillis(300);
        assertThatThrownBy(() -> new Download(List.of(mirror("stalling")), DownloadListener.none(), patience)
                .into(folder, List.of(published())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nothing more came for 0.3 seconds after 1000 of " + CONTENT.length + " bytes");
        assertThat(folder).isEmptyDirectory();
        new Download(List.of(mirror("stalling"), mirror("good")), DownloadListener.none(), patience)
                .into(folder, List.of(published()));
        assertThat(folder.resolve("set.gz")).hasBinaryContent(CONTENT);
    }

    @Test
    void theErrorNamesEachAddressAndWhatWasWrongThere() {
        var download = new Download(List.of(mirror("nowhere"), mirror("other")), DownloadListener.none());
        assertThatThrownBy(() -> download.into(folder, List.of(published())))
                .hasMessageContaining(mirror("nowhere") + "set.gz: the server answered with status 404; ")
                .hasMessageContaining(mirror("other") + "set.gz: the SHA-256 sum is ");
    }

    @Test
    void anotherMirrorIsTriedWhereOneFails() throws Exception {
        var download = new Download(List.of(mirror("nowhere"), mirror("other"), mirror("good")),
                DownloadListener.none());
        download.into(folder, List.of(published()));
        assertThat(folder.resolve("set.gz")).hasBinaryContent(CONTENT);
    }

    private URI mirror(String name) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/" + name + "/");
    }

    private static PublishedFile published() throws Exception {
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(CONTENT);
        return new PublishedFile("set.gz", CONTENT.length, HexFormat.of().formatHex(sum));
    }
}

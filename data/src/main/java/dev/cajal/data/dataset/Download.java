package dev.cajal.data.dataset;

import dev.cajal.data.DataException;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Fetches the files of a data set into the user's cache, checks them, and says what to do where that fails.
final class Download {
    private static final Map<String, String> SOURCES = Map.of(
            "mnist", "https://storage.googleapis.com/cvdf-datasets/mnist/",
            "fashion-mnist", "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/");

    /// MD5 sums as the data sets' authors publish them.
    private static final Map<String, String> SUMS = Map.of(
            "mnist/train-images-idx3-ubyte.gz", "f68b3c2dcbeaaa9fbdd348bbdeb94873",
            "mnist/train-labels-idx1-ubyte.gz", "d53e105ee54ea40749a09fcbcd1e9432",
            "mnist/t10k-images-idx3-ubyte.gz", "9fb629c4189551a2d022fa330f9573f3",
            "mnist/t10k-labels-idx1-ubyte.gz", "ec29112dd5afa0611ce80d1b7f02629c",
            "fashion-mnist/train-images-idx3-ubyte.gz", "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
            "fashion-mnist/train-labels-idx1-ubyte.gz", "25c81989df183df01b3e8a0aad5dffbe",
            "fashion-mnist/t10k-images-idx3-ubyte.gz", "bef4ecab320f06d8554ea6380940ec79",
            "fashion-mnist/t10k-labels-idx1-ubyte.gz", "bb300cfdad3c16e7a12a480ee83cd310");

    private Download() {}

    /// @return the folder with all files
    static Path into(String name, List<String> files) {
        Path folder = DataFolders.cache().resolve(name);
        try {
            Files.createDirectories(folder);
            for (String file : files) {
                fetch(name, file + ".gz", folder);
            }
            return folder;
        } catch (IOException cause) {
            throw missing(name, files, cause);
        } catch (InterruptedException cause) {
            Thread.currentThread().interrupt();
            throw missing(name, files, cause);
        }
    }

    private static void fetch(String name, String file, Path folder) throws IOException, InterruptedException {
        Path target = folder.resolve(file);
        if (Files.exists(target)) {
            return;
        }
        Path temporary = folder.resolve(file + ".part");
        URI uri = URI.create(SOURCES.getOrDefault(name, "") + file);
        try (HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(10))
                .build()) {
            HttpResponse<InputStream> response = client.send(HttpRequest.newBuilder(uri).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw new IOException(uri + " answered " + response.statusCode());
                }
                Files.copy(body, temporary, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        String sum = md5(temporary);
        if (!sum.equals(SUMS.get(name + "/" + file))) {
            Files.delete(temporary);
            throw new IOException(
                    uri + " has the check sum " + sum + ", but should have " + SUMS.get(name + "/" + file));
        }
        Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String md5(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static DataException missing(String name, List<String> files, Exception cause) {
        return new DataException(
                "dataset.missing",
                cause,
                "The data set %s is not on this computer, and could not be downloaded (%s). Put these files into %s, or into a folder %s below the one "
                        + "that the variable CAJAL_DATA names: %s (with or without .gz). Without any file there is 'digits', which Cajal draws itself.",
                name,
                String.valueOf(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()),
                DataFolders.cache().resolve(name),
                name,
                String.join(", ", files));
    }
}

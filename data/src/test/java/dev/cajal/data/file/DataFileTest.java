package dev.cajal.data.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cajal.data.DataException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFileTest {
    @TempDir
    private Path folder;

    @Test
    void aFileIsReadWhole() throws IOException {
        Path path = Files.writeString(folder.resolve("a.csv"), "1,2\n");
        var file = new DataFile(path);
        assertThat(file.bytes(4)).asString().isEqualTo("1,2\n");
        try (var in = file.open()) {
            assertThat(in.readAllBytes()).asString().isEqualTo("1,2\n");
        }
    }

    @Test
    void whatIsTooLargeIsNotRead() throws IOException {
        Path path = Files.writeString(folder.resolve("a.csv"), "1,2\n3,4\n");
        assertThatThrownBy(() -> new DataFile(path).bytes(7))
                .isInstanceOfSatisfying(DataException.class,
                        error -> assertThat(error.code()).isEqualTo("file.too-large"))
                .hasMessageStartingWith(path + ": ");
    }

    /// Whoever runs the tests as an administrator may read everything; the translation of the error is tested below.
    @Test
    void aFileWithoutPermissionIsRefused() throws IOException {
        Path path = Files.writeString(folder.resolve("secret.csv"), "1,2\n");
        assumeTrue(path.getFileSystem().supportedFileAttributeViews().contains("posix"), "permissions need POSIX");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(path), "this user may read every file");
        assertNotAllowed(path, () -> new DataFile(path).bytes(100));
        assertNotAllowed(path, () -> new DataFile(path).open());
    }

    @Test
    void theErrorForMissingPermissionSaysWhatToDo() {
        Path path = folder.resolve("secret.csv");
        assertNotAllowed(path, () -> {
            throw new DataFile(path).failure(new AccessDeniedException(path.toString()));
        });
    }

    private static void assertNotAllowed(Path path, ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(DataException.class,
                        error -> assertThat(error.code()).isEqualTo("file.not-allowed"))
                .hasMessage(path
                        + ": You are not allowed to read this file. Change its permissions, or copy it into a folder of your own.");
    }

    @Test
    void anyOtherFailureIsToldWithItsReason() {
        Path path = folder.resolve("x.csv");
        var error = new DataFile(path)
                .failure(new FileSystemException(path.toString(), null, "Input/output error"));
        assertThat(error.code()).isEqualTo("file.unreadable");
        assertThat(error).hasMessageStartingWith(path + ": ").hasMessageContaining("Input/output error");
    }
}

package dev.cajal.data.dataset;

import dev.cajal.data.DataException;
import dev.cajal.data.Place;
import dev.cajal.data.idx.IdxFile;
import dev.cajal.data.image.Image;
import dev.cajal.data.image.ImageInputs;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.Rows;
import dev.cajal.type.Phrase;
import dev.cajal.type.Shape;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A data set of pictures in four IDX files with the names that MNIST gave them.
///
/// @param name of the data set, and of the folder with its files
/// @param classes what labels mean, by their number
/// @param files pictures and labels to train with, pictures and labels to test with
/// @param mirrors addresses of folders with the files
record IdxDataSet<L>(String name, List<L> classes, List<PublishedFile> files, List<URI> mirrors) {
    /// From the first folder that has all files; else downloaded into the user's cache.
    ///
    /// @throws DataException if the files are found nowhere and cannot be downloaded, or are damaged
    Split<Image, L> load(DownloadListener listener) {
        return load(find(DataFolders.all()).orElseGet(() -> download(listener)));
    }

    /// From a folder.
    ///
    /// @throws DataException if a file is damaged, or does not fit the others
    Split<Image, L> load(Path folder) {
        return new Split<>(
                name,
                examples(file(folder, 0).orElseThrow(), file(folder, 1).orElseThrow()),
                examples(file(folder, 2).orElseThrow(), file(folder, 3).orElseThrow()));
    }

    /// The first folder that has a folder with all files.
    Optional<Path> find(List<Path> folders) {
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(folder -> Stream.of(0, 1, 2, 3).allMatch(i -> file(folder, i).isPresent()))
                .findFirst();
    }

    private Optional<Path> file(Path folder, int i) {
        String compressed = files.get(i).name();
        String plain = compressed.replace(".gz", "");
        // Some archives of MNIST write a dot for the second hyphen.
        return Stream.of(compressed, plain, plain.replace("-idx", ".idx"))
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private Path download(DownloadListener listener) {
        Path folder = DataFolders.cache().resolve(name);
        try {
            new Download(mirrors, listener).into(folder, files);
            return folder;
        } catch (IOException cause) {
            throw missing(folder, cause);
        } catch (InterruptedException cause) {
            Thread.currentThread().interrupt();
            throw missing(folder, cause);
        }
    }

    private DataException missing(Path folder, Exception cause) {
        return new DataException(
                "dataset.missing",
                cause,
                "The data set %s is not on this computer, and could not be downloaded (%s). Put these files into %s, or into a folder %s below the one "
                        + "that the variable CAJAL_DATA names: %s (with or without .gz). Without any file there is 'digits', which Cajal draws itself.",
                name,
                Download.reason(cause),
                folder,
                name,
                files.stream().map(PublishedFile::name).collect(Collectors.joining(", ")));
    }

    private Examples<Image, L> examples(Path pictureFile, Path labelFile) {
        var pictures = IdxFile.read(pictureFile);
        var labels = IdxFile.read(labelFile);
        requireRank(pictureFile, pictures, 3, Phrase.of("idx.pictures", "pictures (count, height, width)"));
        requireRank(labelFile, labels, 1, Phrase.of("idx.labels", "labels (count)"));
        if (pictures.shape().dim(0) != labels.shape().dim(0)) {
            throw new DataException(
                    "idx.mismatch",
                    Place.of(pictureFile),
                    null,
                    "There are %s pictures, but %s labels in %s: these files do not belong together.",
                    pictures.shape().dim(0),
                    labels.shape().dim(0),
                    labelFile);
        }
        if (pictures.elements().length == 0) {
            throw new DataException("idx.no-records", Place.of(pictureFile), null,
                    "There are no pictures in the file: its dimensions are %s. Copy or download it again.",
                    pictures.shape());
        }
        var inputs = new ImageInputs(pictures.shape().dim(1), pictures.shape().dim(2), 1);
        return new Examples<>(
                inputs,
                new ClassTargets<>(classes),
                Rows.of(pictures.elements(), inputs.shape()),
                Rows.of(targets(labelFile, labels), Shape.SCALAR));
    }

    private static void requireRank(Path path, IdxFile file, int rank, Phrase what) {
        if (file.shape().rank() != rank) {
            throw new DataException(
                    "idx.dimensions",
                    Place.of(path),
                    null,
                    "The file has %s dimension(s), %s, but %s have %s.",
                    file.shape().rank(),
                    file.shape(),
                    what,
                    rank);
        }
    }

    private int[] targets(Path path, IdxFile labels) {
        int[] targets = new int[labels.elements().length];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = labels.elements()[i] & 0xff;
            if (targets[i] >= classes.size()) {
                throw new DataException(
                        "idx.label",
                        Place.of(path),
                        null,
                        "Record %s has label %s, but there are %s classes: labels go from 0 to %s.",
                        i + 1,
                        targets[i],
                        classes.size(),
                        classes.size() - 1);
            }
        }
        return targets;
    }
}

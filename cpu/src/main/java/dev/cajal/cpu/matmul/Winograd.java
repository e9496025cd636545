package dev.cajal.cpu.matmul;

import dev.cajal.cpu.thread.TaskBody;
import dev.cajal.cpu.thread.WorkerPool;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Convolutions by windows of 3 x 3 with 16 multiplications for 2 x 2 results, where the definition has 36.
///
/// `Y = A^T ((G g G^T) * (B^T d B)) A` for each tile of 4 x 4 that is seen, with elementwise products in the middle; those of all tiles, channels and features are 16 matrix products. Images are taken strip by
/// strip, so that what is transformed stays in the cache. A result is a sum of as many products, of sums and differences: its error is about three times that of the definition.
///
/// A. Lavin, S. Gray, *Fast Algorithms for Convolutional Neural Networks*, 2015; S. Winograd, *Arithmetic Complexity of Computations*, 1980.
final class Winograd implements Multiplication {
    private static final int POINTS = WinogradTransform.POINTS;
    private static final int SIDE = WinogradTransform.SIDE;
    private static final int TAPS = WinogradTransform.TAPS * WinogradTransform.TAPS;
    /// Tiles that are multiplied at a time, about: as many rows as share what is read of a kernel.
    private static final int TILES = 48;
    private static final int TASKS_PER_THREAD = 4;
    /// Channels of a kernel that are transformed by one task.
    private static final int CHANNELS = 8;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private final WorkerPool pool;
    private final Planes planes;
    /// Strips that are multiplied together.
    private final int strips;
    /// The product of one point of all tiles.
    private final Product point;
    private final TaskBody transforming = this::transformKernel;
    private final TaskBody packing = this::pack;
    private final TaskBody computing = this::compute;

    // How it is computed; found anew if the kernel changes.
    private @Nullable MatmulKernel kernel;
    /// How the transformed kernel is packed, point by point; none if it is not.
    private PackedOperand[] packed = new PackedOperand[0];

    // Of the run that is on.
    private MemorySegment images = MemorySegment.NULL;
    private MemorySegment taps = MemorySegment.NULL;
    private MemorySegment results = MemorySegment.NULL;
    /// The transformed kernel, point by point, and the same packed.
    private MemorySegment weights = MemorySegment.NULL;
    private MemorySegment packedWeights = MemorySegment.NULL;
    private long images0;
    private long taps0;
    private long results0;
    private @Nullable Tail tail;
    private int stripsOfTask;

    Winograd(WorkerPool pool, Planes planes) {
        this.pool = pool;
        this.planes = planes;
        this.strips = Math.max(1, TILES / planes.tilesAcross());
        int rows = Math.max(TILES, strips * planes.tilesAcross());
        this.point = Product.of(rows, planes.features(), planes.channels(), false, false);
    }

    /// Bytes of one point of all tiles.
    private long pointBytes(int numbers) {
        return 4L * point.m() * numbers;
    }

    @Override
    public void multiply(MemorySegment a, long aOffset, MemorySegment b, long bOffset, MemorySegment c, long cOffset) {
        multiply(MatmulKernels.of(point), a, aOffset, b, bOffset, c, cOffset);
    }

    void multiply(MatmulKernel with, MemorySegment a, long aOffset, MemorySegment b, long bOffset, MemorySegment c,
            long cOffset) {
        results = c;
        results0 = 4 * cOffset;
        tail = null;
        run(with, a, 4 * aOffset, b, 4 * bOffset);
    }

    @Override
    public void multiply(MemorySegment a, MemorySegment b, Tail then) {
        tail = then;
        run(MatmulKernels.of(point), a, 0, b, 0);
    }

    /// Nothing: a kernel is transformed anew for each run, beside which that costs little.
    @Override
    public void renewRight() {}

    private void run(MatmulKernel with, MemorySegment a, long a0, MemorySegment b, long b0) {
        images = a;
        images0 = a0;
        taps = b;
        taps0 = b0;
        plan(with);
        PackedMemory memory = PackedMemory.FREE.take();
        PackedMemory packedMemory = PackedMemory.FREE.take();
        weights = memory.atLeast(POINTS * weightBytes());
        pool.run(Math.ceilDiv(planes.channels(), CHANNELS), transforming);
        if (packed.length > 0) {
            packedWeights = packedMemory.atLeast(POINTS * packed[0].bytes());
            pool.run(POINTS * packed[0].pieces(), packing);
        }
        int wanted = pool.threads() * TASKS_PER_THREAD;
        stripsOfTask = Math.clamp(Math.ceilDiv(planes.strips(), wanted), 1, strips);
        pool.run(Math.ceilDiv(planes.strips(), stripsOfTask), computing);
        PackedMemory.FREE.give(packedMemory);
        PackedMemory.FREE.give(memory);
    }

    private void plan(MatmulKernel next) {
        if (kernel == next) {
            return;
        }
        kernel = next;
        PackedOperand first = next.packedRight(point);
        packed = first == null
                ? new PackedOperand[0]
                : IntStream.range(0, POINTS).mapToObj(i -> first.at(i * first.bytes())).toArray(PackedOperand[]::new);
    }

    private long weightBytes() {
        return 4L * planes.channels() * planes.features();
    }

    private void transformKernel(int task) {
        WinogradSpace workspace = WinogradSpace.take(planes, point.m());
        int features = planes.features();
        int end = Math.min(planes.channels(), (task + 1) * CHANNELS);
        for (int channel = task * CHANNELS; channel < end; channel++) {
            long row = 4L * channel * features;
            for (int tap = 0; tap < TAPS; tap++) {
                MemorySegment.copy(taps, FLOAT, taps0 + tap * weightBytes() + row, workspace.taps[tap], 0, features);
            }
            WinogradTransform.kernel(workspace.taps, workspace.between, workspace.points, features);
            for (int i = 0; i < POINTS; i++) {
                MemorySegment.copy(workspace.points[i], 0, weights, FLOAT, i * weightBytes() + row, features);
            }
        }
        workspace.give();
    }

    private void pack(int task) {
        int pieces = packed[0].pieces();
        int number = task / pieces;
        packed[number].pack(task % pieces, weights, number * weightBytes(), packedWeights);
    }

    /// Some strips.
    private void compute(int task) {
        WinogradSpace workspace = WinogradSpace.take(planes, point.m());
        int across = planes.tilesAcross();
        int first = task * stripsOfTask;
        int end = Math.min(planes.strips(), first + stripsOfTask);
        for (int strip = first; strip < end; strip++) {
            see(workspace, strip, (strip - first) * across);
        }
        multiply(workspace, (end - first) * across);
        for (int strip = first; strip < end; strip++) {
            write(workspace, strip, (strip - first) * across);
        }
        workspace.give();
    }

    /// Transforms what the tiles of a strip see.
    ///
    /// @param row of the products, of the first tile
    private void see(WinogradSpace workspace, int strip, int row) {
        int channels = planes.channels();
        int count = planes.tilesAcross() * channels;
        int top = 2 * (strip % planes.stripsOfImage()) - planes.top();
        for (int i = 0; i < SIDE; i++) {
            readLine(workspace.line, lineLength(), strip / planes.stripsOfImage(), top + i);
            apart(workspace.line, workspace.seen, SIDE * i);
        }
        WinogradTransform.input(workspace.seen, count);
        for (int i = 0; i < POINTS; i++) {
            MemorySegment.copy(workspace.seen[i], 0, workspace.left, FLOAT,
                    i * pointBytes(channels) + 4L * row * channels, count);
        }
    }

    /// Elements of what the tiles of a strip see of a line.
    private int lineLength() {
        return 2 * (planes.tilesAcross() + 1) * planes.channels();
    }

    /// Reads a line of an image with what is beside it: zeros.
    private void readLine(float[] line, int length, int image, int number) {
        int channels = planes.channels();
        int begin = Math.min(length, planes.left() * channels);
        int end = number < 0 || number >= planes.height()
                ? begin
                : Math.min(length, begin + planes.width() * channels);
        Arrays.fill(line, 0, begin, 0);
        long from = images0 + 4L * ((long) image * planes.height() + number) * planes.width() * channels;
        MemorySegment.copy(images, FLOAT, end == begin ? 0 : from, line, begin, end - begin);
        Arrays.fill(line, end, length, 0);
    }

    /// What tiles see of a line, column by column: of each tile columns 0 to 3, two of which the next one sees too.
    private void apart(float[] line, float[][] seen, int first) {
        int channels = planes.channels();
        int across = planes.tilesAcross();
        for (int tile = 0; tile < across; tile++) {
            for (int column = 0; column < SIDE; column++) {
                System.arraycopy(line, (2 * tile + column) * channels, seen[first + column], tile * channels,
                        channels);
            }
        }
    }

    private void multiply(WinogradSpace workspace, int rows) {
        MatmulKernel with = kernel;
        for (int i = 0; i < POINTS; i++) {
            long left = i * pointBytes(planes.channels());
            long product = i * pointBytes(planes.features());
            if (packed.length > 0 && with instanceof VectorMatmul vectors) {
                vectors.multiply(point, packed[i], packedWeights, workspace.left, left, weights, i * weightBytes(),
                        workspace.products, product, 0, rows, 0, planes.features());
            } else if (with != null) {
                with.multiply(point, workspace.left, left, weights, i * weightBytes(), workspace.products, product, 0,
                        rows, 0, planes.features());
            }
        }
    }

    /// Transforms the sums of a strip, and writes two lines of results or hands them over.
    private void write(WinogradSpace workspace, int strip, int row) {
        int features = planes.features();
        int count = planes.tilesAcross() * features;
        for (int i = 0; i < POINTS; i++) {
            MemorySegment.copy(workspace.products, FLOAT, i * pointBytes(features) + 4L * row * features,
                    workspace.sums[i], 0, count);
        }
        WinogradTransform.output(workspace.sums, count);
        int line = 2 * (strip % planes.stripsOfImage());
        int places = Math.min(2, planes.places() - line) * planes.placesAcross();
        together(workspace.sums, workspace.lines);
        long first = ((long) (strip / planes.stripsOfImage()) * planes.places() + line) * planes.placesAcross();
        Tail then = tail;
        if (then == null) {
            MemorySegment.copy(workspace.lines, 0, results, FLOAT, results0 + 4 * first * features, places * features);
        } else {
            MemorySegment.copy(workspace.lines, 0, workspace.tile, FLOAT, 0, places * features);
            then.run(first, places, 0, features, workspace.tile, 4L * features);
        }
    }

    /// Two lines of results, whose places are in two arrays each.
    private void together(float[][] sums, float[] lines) {
        int features = planes.features();
        int across = planes.placesAcross();
        for (int line = 0; line < 2; line++) {
            for (int place = 0; place < across; place++) {
                System.arraycopy(sums[SIDE * line + place % 2], place / 2 * features, lines,
                        (line * across + place) * features, features);
            }
        }
    }
}

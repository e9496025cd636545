package dev.cajal.cpu.matmul;

import dev.cajal.cpu.codegen.TileKernel;
import dev.cajal.cpu.codegen.TileShape;
import dev.cajal.cpu.thread.TaskBody;
import dev.cajal.cpu.thread.WorkerPool;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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
    private static final int TAPS = WinogradWeights.TAPS * WinogradWeights.TAPS;
    /// Tiles that are multiplied at a time, about: as many rows as share what is read of a kernel.
    private static final int TILES = 48;
    private static final int TASKS_PER_THREAD = 4;
    /// Channels of a kernel that are transformed by one task.
    private static final int CHANNELS = 8;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private final WorkerPool pool;
    private final Planes planes;
    private final long lineBytes;
    /// Strips that are multiplied together.
    private final int strips;
    /// The product of one point of all tiles.
    private final Product point;
    private final TaskBody transforming = this::transformKernel;
    private final TaskBody packing = this::pack;
    private final TaskBody computing = this::compute;

    // How it is computed; found anew if the kernel changes.
    private @Nullable MatmulKernel kernel;
    private WinogradTransform transform = WinogradTransforms.of(MatmulKernels.scalar());
    /// How the transformed kernel is packed, point by point; none if it is not.
    private PackedOperand[] packed = new PackedOperand[0];
    /// By vectors across a tile of the products; only where it is packed.
    private TileKernel[] kernels = new TileKernel[0];
    /// Elements of the largest tile.
    private int tile;

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
        this.lineBytes = WinogradSpace.lineBytes(planes);
        this.strips = Math.max(1, TILES / planes.tilesAcross());
        // Stripes of rows are read and written as a whole, those behind the last tile too.
        int stripe = TileShape.STRIPE;
        int rows = Math.ceilDiv(Math.max(TILES, strips * planes.tilesAcross()), stripe) * stripe;
        this.point = Product.of(rows, planes.features(), planes.channels(), false, false);
    }

    /// Bytes of one point of all tiles.
    private long pointBytes(int numbers) {
        return WinogradSpace.pointBytes(point.m(), numbers);
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
        transform = WinogradTransforms.of(with);
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
        // Only then there are vectors.
        if (first != null) {
            kernels = VectorTiles.kernels(TileShape.Operands.BLOCK, planes.channels());
            tile = VectorTiles.MOST;
        }
    }

    private long weightBytes() {
        return 4L * planes.channels() * planes.features();
    }

    private void transformKernel(int task) {
        WinogradSpace workspace = WinogradSpace.take(planes, point.m(), tile);
        int features = planes.features();
        int end = Math.min(planes.channels(), (task + 1) * CHANNELS);
        for (int channel = task * CHANNELS; channel < end; channel++) {
            long row = 4L * channel * features;
            for (int tap = 0; tap < TAPS; tap++) {
                MemorySegment.copy(taps, FLOAT, taps0 + tap * weightBytes() + row, workspace.taps[tap], 0, features);
            }
            WinogradWeights.transform(workspace.taps, workspace.between, workspace.points, features);
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
        WinogradSpace workspace = WinogradSpace.take(planes, point.m(), tile);
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
        int top = 2 * (strip % planes.stripsOfImage()) - planes.top();
        for (int i = 0; i < SIDE; i++) {
            readLine(workspace.lines, i * lineBytes, strip / planes.stripsOfImage(), top + i);
        }
        transform.input(workspace.lines, lineBytes, planes.tilesAcross(), planes.channels(), workspace.left,
                4L * row * planes.channels(), pointBytes(planes.channels()));
    }

    /// Reads a line of an image with what is beside it: zeros.
    private void readLine(MemorySegment lines, long to, int image, int number) {
        long place = 4L * planes.channels();
        boolean isThere = number >= 0 && number < planes.height();
        long begin = isThere ? Math.min(lineBytes, planes.left() * place) : lineBytes;
        long count = Math.min(lineBytes - begin, planes.width() * place);
        if (count > 0) {
            MemorySegment.copy(images, images0 + ((long) image * planes.height() + number) * planes.width() * place,
                    lines, to + begin, count);
        }
        clear(lines, to, begin);
        clear(lines, to + begin + count, lineBytes - begin - count);
    }

    private static void clear(MemorySegment lines, long from, long bytes) {
        for (long i = 0; i < bytes; i += 4) {
            lines.set(FLOAT, from + i, 0);
        }
    }

    private void multiply(WinogradSpace workspace, int rows) {
        MatmulKernel with = kernel;
        for (int i = 0; i < POINTS; i++) {
            long left = i * pointBytes(planes.channels());
            long product = i * pointBytes(planes.features());
            if (packed.length > 0) {
                multiply(workspace, packed[i], left, product, rows);
            } else if (with != null) {
                with.multiply(point, workspace.left, left, weights, i * weightBytes(), workspace.products, product, 0,
                        rows, 0, planes.features());
            }
        }
    }

    /// The product of one point: tiles are read where they are, since the kernels know how far apart they are.
    private void multiply(WinogradSpace workspace, PackedOperand right, long left, long product, int rows) {
        int k = planes.channels();
        int features = planes.features();
        int length = VectorMatmul.blockLength(k);
        long rowBytes = 4L * features;
        for (int j = 0; j < features;) {
            int vectors = VectorTiles.vectors(TileShape.Operands.BLOCK, false, features - j);
            int width = vectors * VectorTiles.VECTOR;
            int columns = Math.min(width, features - j);
            for (int i = 0; i < rows; i += TileShape.STRIPE) {
                VectorTiles.clear(workspace.sums, TileShape.STRIPE * vectors);
                for (int p = 0; p < k; p += length) {
                    kernels[vectors].run(Math.min(length, k - p), workspace.left, left + 4L * (i * k + p), 0,
                            TileShape.STRIPE, packedWeights, right.panelStart(p, j), 0, workspace.sums);
                }
                VectorTiles.store(workspace.sums, width, workspace.products, product + i * rowBytes + 4L * j, rowBytes,
                        TileShape.STRIPE, columns);
            }
            j += columns;
        }
    }

    /// Transforms the sums of a strip to two lines of results, where they belong or where a tail finds them.
    private void write(WinogradSpace workspace, int strip, int row) {
        int features = planes.features();
        int line = 2 * (strip % planes.stripsOfImage());
        int lines = Math.min(2, planes.places() - line);
        long first = ((long) (strip / planes.stripsOfImage()) * planes.places() + line) * planes.placesAcross();
        Tail then = tail;
        transform.output(workspace.products, 4L * row * features, pointBytes(features), features, lines,
                planes.placesAcross(), then == null ? results : workspace.tile,
                then == null ? results0 + 4 * first * features : 0, 4L * planes.placesAcross() * features);
        if (then != null) {
            then.run(first, lines * planes.placesAcross(), 0, features, workspace.tile, 4L * features);
        }
    }
}

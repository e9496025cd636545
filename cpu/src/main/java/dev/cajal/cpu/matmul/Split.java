package dev.cajal.cpu.matmul;

/// How a product is cut into tasks: some items of the batch each, or a rectangle of one.
///
/// @param items of the batch in a task
/// @param rows of a rectangle
/// @param columns of a rectangle
record Split(MatmulKernel kernel, Product product, int items, int rows, int columns) {
    /// A task below this many operations (some ten microseconds) is not worth handing over.
    private static final double FLOPS_PER_TASK = 1e6;
    /// Operations in whose time an element is packed that is stored transposed.
    private static final double PACKING = 50;
    /// Operations in whose time an element of B is read, where few rows share it.
    private static final double READING = 6;
    /// Operations in whose time an element of C is written, and its tail computed.
    private static final double WRITING = 10;
    /// Columns are computed so many at a time, even if there are fewer.
    private static final int COLUMNS = 16;
    private static final int TASKS_PER_THREAD = 2;
    /// Rows below which splitting them would read the same columns of B too often.
    private static final int ROWS_PER_TASK = 48;

    /// @param threads that share the work
    static Split of(MatmulKernel kernel, int threads, Product product) {
        int wanted = threads == 1 ? 1 : (int) Math.clamp(work(product) / FLOPS_PER_TASK, 1, TASKS_PER_THREAD * threads);
        // As many for each thread, else the last one is waited for.
        wanted -= wanted > threads ? wanted % threads : 0;
        int perItem = ceilDiv(wanted, product.batch());
        int items = ceilDiv(product.batch(), wanted);
        int mostRowParts = Math.max(1, product.m() / ROWS_PER_TASK);
        // A transposed operand is packed, best by one task alone: A by rows, B by columns. Otherwise the longer side is cut.
        if (!product.transposeB() && 2L * product.m() >= product.n() && !isGradientByWeights(product)) {
            int rows = part(product.m(), Math.min(perItem, mostRowParts), kernel.rowUnit());
            int columnParts = ceilDiv(perItem, ceilDiv(product.m(), rows));
            return new Split(kernel, product, items, rows, part(product.n(), columnParts, kernel.columnUnit()));
        }
        int columns = part(product.n(), perItem, kernel.columnUnit());
        int rowParts = Math.min(ceilDiv(perItem, ceilDiv(product.n(), columns)), mostRowParts);
        return new Split(kernel, product, items, part(product.m(), rowParts, kernel.rowUnit()), columns);
    }

    /// Whether the result is larger than what it is made of, as the gradient by the weights of a layer is for a small batch. They are divided by columns, as the layer divides
    /// them when it uses them next: so each thread finds in its own cache what it has updated.
    private static boolean isGradientByWeights(Product product) {
        return product.transposeA() && product.k() < Math.min(product.m(), product.n());
    }

    /// How long it takes, in operations that a good product does meanwhile.
    private static double work(Product product) {
        double m = product.m();
        double n = Math.ceilDiv(product.n(), COLUMNS) * (double) COLUMNS;
        double k = product.k();
        double packed = (product.transposeA() ? m * k : 0) + (product.transposeB() ? n * k : 0);
        return product.batch() * (2 * m * n * k + READING * n * k + PACKING * packed + WRITING * m * n);
    }

    /// The smallest multiple of `unit` of which at most `parts` cover `extent`.
    private static int part(int extent, int parts, int unit) {
        int units = ceilDiv(extent, unit);
        return ceilDiv(units, Math.min(parts, units)) * unit;
    }

    int count() {
        return ceilDiv(product.batch(), items) * ceilDiv(product.m(), rows) * ceilDiv(product.n(), columns);
    }

    int column(int task) {
        return task % ceilDiv(product.n(), columns) * columns;
    }

    int columnEnd(int task) {
        return Math.min(column(task) + columns, product.n());
    }

    int row(int task) {
        return task / ceilDiv(product.n(), columns) % ceilDiv(product.m(), rows) * rows;
    }

    int rowEnd(int task) {
        return Math.min(row(task) + rows, product.m());
    }

    int item(int task) {
        return task / ceilDiv(product.n(), columns) / ceilDiv(product.m(), rows) * items;
    }

    int itemEnd(int task) {
        return Math.min(item(task) + items, product.batch());
    }

    private static int ceilDiv(int a, int b) {
        return Math.ceilDiv(a, b);
    }
}

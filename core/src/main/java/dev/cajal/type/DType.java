package dev.cajal.type;

/// The type of a tensor's elements.
public enum DType {
    /// IEEE 754 binary32, the default of everything that is trained.
    F32("f32", 4, Kind.FLOATING),
    /// IEEE 754 binary64.
    F64("f64", 8, Kind.FLOATING),
    /// The upper half of an [#F32]: 8 bits of exponent, 7 of fraction. Storage and products, never accumulation.
    BF16("bf16", 2, Kind.FLOATING),
    /// 32-bit two's complement; arithmetic wraps.
    I32("i32", 4, Kind.INTEGER),
    /// 64-bit two's complement; arithmetic wraps.
    I64("i64", 8, Kind.INTEGER),
    /// Unsigned byte, the type of pixels; arithmetic wraps.
    U8("u8", 1, Kind.INTEGER),
    /// Truth value, stored as one byte, 0 or 1.
    BOOL("bool", 1, Kind.TRUTH);

    private enum Kind {
        FLOATING, INTEGER, TRUTH
    }

    private final String label;
    private final int byteSize;
    private final Kind kind;

    DType(String label, int byteSize, Kind kind) {
        this.label = label;
        this.byteSize = byteSize;
        this.kind = kind;
    }

    /// Bytes of one element.
    public int byteSize() {
        return byteSize;
    }

    /// Whether this is [#F32], [#F64] or [#BF16].
    public boolean isFloating() {
        return kind == Kind.FLOATING;
    }

    /// Whether this is [#I32], [#I64] or [#U8].
    public boolean isInteger() {
        return kind == Kind.INTEGER;
    }

    /// Whether this is [#U8], whose order and division are unsigned.
    public boolean isUnsigned() {
        return this == U8;
    }

    /// The short lower-case name that printers and files use: `f32`.
    @Override
    public String toString() {
        return label;
    }
}

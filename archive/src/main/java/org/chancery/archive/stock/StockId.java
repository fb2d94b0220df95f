package org.chancery.archive.stock;

import java.util.HexFormat;

/// Names one stock, the outcome of one ceremony: 16 random bytes in hexadecimal.
public record StockId(String value) {
    /// How many bytes are drawn for one.
    public static final int BYTES = 16;

    public StockId {
        if (!value.matches("[0-9a-f]{32}")) {
            throw new MalformedArchive("a stock is named by 32 hexadecimal digits");
        }
    }

    public static StockId of(byte[] drawn) {
        return new StockId(HexFormat.of().formatHex(drawn));
    }

    @Override
    public String toString() {
        return value;
    }
}

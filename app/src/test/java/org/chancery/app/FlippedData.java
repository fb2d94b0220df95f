package org.chancery.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;

/// The data of a server that stands still, in which one bit after the other is flipped and set
/// right again, with `chancery fsck` in between.
final class FlippedData {
    private static final int ROWS = 3;

    private final RecordHouse house;

    FlippedData(RecordHouse house) {
        this.house = house;
    }

    /// Flips bits in the files of the log.
    ///
    /// @return how many
    /// @param missed gets what `fsck` did not find, or not there
    int flipLog(List<String> missed) throws IOException {
        int flipped = 0;
        Path log = house.data().resolve("log");
        List<Path> files;
        try (var walk = Files.walk(log)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            byte[] right = Files.readAllBytes(file);
            for (int place : ReadExport.places(right.length)) {
                Files.write(file, flipped(right, place));
                look("log: ", log.relativize(file) + ", byte " + place, missed);
                flipped++;
            }
            Files.write(file, right);
        }
        return flipped;
    }

    /// Flips bits in some rows of each table that holds the archive.
    int flipArchive(List<String> missed) {
        int flipped = 0;
        for (String[] column :
                new String[][] {
                    {"record_pieces", "body"},
                    {"record_keys", "wrap"},
                    {"record_leaves", "leaf"},
                    {"record_leaves", "ends"}
                }) {
            flipped += flipColumn(column[0], column[1], missed);
        }
        return flipped;
    }

    private int flipColumn(String table, String column, List<String> missed) {
        int flipped = 0;
        for (Map.Entry<Long, byte[]> row : rows(table, column).entrySet()) {
            byte[] right = row.getValue();
            for (int place : ReadExport.places(right.length)) {
                write(table, column, row.getKey(), flipped(right, place));
                look("archive: ", table + "." + column + " " + row.getKey() + ", " + place, missed);
                flipped++;
            }
            write(table, column, row.getKey(), right);
        }
        return flipped;
    }

    /// Some rows of a table, by their numbers.
    private Map<Long, byte[]> rows(String table, String column) {
        String select = "SELECT rowid, " + column + " FROM " + table + " ORDER BY 1";
        Map<Long, byte[]> some = new TreeMap<>();
        try (Database database = database()) {
            List<Map.Entry<Long, byte[]>> all =
                    database.queries()
                            .query(select, row -> Map.entry(row.getLong(1), row.getBytes(2)));
            for (int i = 0; i < all.size(); i += Math.max(1, all.size() / ROWS)) {
                some.put(all.get(i).getKey(), all.get(i).getValue());
            }
        }
        return some;
    }

    private void write(String table, String column, long id, byte[] value) {
        String update = "UPDATE " + table + " SET " + column + " = ? WHERE rowid = ?";
        try (Database database = database()) {
            database.commit(0, (tx, _) -> JdbcTx.of(tx).run(update, value, id));
        }
    }

    private Database database() {
        return Database.sqlite(house.data().resolve("chancery.db"));
    }

    private void look(String part, String place, List<String> missed) {
        String said = house.fsck();
        if (!said.startsWith("1 ") || !said.contains(part)) {
            missed.add(place + ": " + said);
        }
    }

    private static byte[] flipped(byte[] right, int place) {
        byte[] wrong = right.clone();
        wrong[place] ^= (byte) (1 << (place % 7));
        return wrong;
    }
}

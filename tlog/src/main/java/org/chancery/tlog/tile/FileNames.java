package org.chancery.tlog.tile;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How the names of files are put together and taken apart: three digits to a folder, all but the
/// last behind an `x`, so that no name is both a file and a folder.
final class FileNames {
    private static final int PATH_LENGTH_MAX = 64;
    private static final long INDEX_MAX = Long.MAX_VALUE / LogFile.WIDTH_MAX;
    private static final Pattern PATH =
            Pattern.compile(
                    "tile/(entries|[0-7])/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\\.p/([0-9]{1,3}))?");

    private FileNames() {}

    static void check(long index, int width) {
        if (index < 0 || index > INDEX_MAX || width < 1 || width > LogFile.WIDTH_MAX) {
            throw new IllegalArgumentException("no tile " + index + " of width " + width);
        }
    }

    static int width(long hashes, long index) {
        return Math.clamp(hashes - index * LogFile.WIDTH_MAX, 0, LogFile.WIDTH_MAX);
    }

    static String suffix(long index, int width) {
        var path = new StringBuilder(digits("%03d", index));
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            path.insert(0, digits("x%03d/", rest));
        }
        return width == LogFile.WIDTH_MAX ? path.toString() : path + ".p/" + width;
    }

    static Optional<LogFile> parse(String path) {
        if (path.length() > PATH_LENGTH_MAX) {
            return Optional.empty();
        }
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String digits = matcher.group(2).replace("x", "").replace("/", "");
        String partial = matcher.group(3);
        try {
            long index = Long.parseLong(digits);
            int width = partial == null ? LogFile.WIDTH_MAX : Integer.parseInt(partial);
            LogFile file =
                    matcher.group(1).equals("entries")
                            ? new LogFile.Bundle(index, width)
                            : new LogFile.Tile(Integer.parseInt(matcher.group(1)), index, width);
            return Optional.of(file).filter(f -> f.path().equals(path));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // Too large a number, or no width.
        }
    }

    private static String digits(String format, long number) {
        return String.format(Locale.ROOT, format, number % 1000);
    }
}

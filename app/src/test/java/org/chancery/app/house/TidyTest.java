package org.chancery.app.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The hard limits on every source file. They are hard from the first commit on, so there is
/// no list of exceptions.
class TidyTest {
    private static final int METHOD_LINES_MAX = 70;
    private static final int FILE_LINES_MAX = 700;
    private static final int LINE_COLUMNS_MAX = 100;
    private static final int PACKAGE_FILES_MAX = 40;

    // Each word is put together here, so that this file does not find itself.
    private static final Pattern UNFINISHED =
            Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX|HA" + "CK)\\b");
    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.~/-])/(work|root|home/\\w+|tmp/bash_jobs[\\w.]*)/");

    private static final List<Path> JAVA = Repository.files(".java");
    private static final List<Path> WRITTEN =
            Repository.files(
                    ".java",
                    ".md",
                    ".sql",
                    ".mjs",
                    ".js",
                    ".ts",
                    ".html",
                    ".py",
                    ".sh",
                    ".txt",
                    ".xml",
                    ".properties",
                    ".c",
                    "/dev",
                    "/run",
                    "/chancery");

    @Test
    void the_walk_finds_the_house() {
        assertTrue(JAVA.stream().anyMatch(file -> file.endsWith("TidyTest.java")));
    }

    @Test
    void a_method_has_at_most_70_lines() {
        List<String> wrong =
                Sources.parse(JAVA).methods().stream()
                        .filter(method -> method.lines() > METHOD_LINES_MAX)
                        .map(m -> Repository.name(m.file()) + " " + m.name() + ": " + m.lines())
                        .toList();

        assertEquals(List.of(), wrong);
    }

    @Test
    void a_file_has_at_most_700_lines() {
        List<String> wrong =
                JAVA.stream()
                        .filter(file -> Repository.lines(file).size() > FILE_LINES_MAX)
                        .map(Repository::name)
                        .toList();

        assertEquals(List.of(), wrong);
    }

    @Test
    void a_line_has_at_most_100_columns() {
        List<String> wrong =
                grep(JAVA, line -> line.codePointCount(0, line.length()) > LINE_COLUMNS_MAX);

        assertEquals(List.of(), wrong);
    }

    @Test
    void a_package_has_at_most_40_files() {
        Map<String, Integer> sizes = new TreeMap<>();

        JAVA.forEach(
                file -> sizes.merge(Repository.name(file.resolveSibling("")), 1, Integer::sum));

        sizes.values().removeIf(size -> size <= PACKAGE_FILES_MAX);
        assertEquals(Map.of(), sizes);
    }

    @Test
    void every_package_says_what_it_is_and_knows_no_null() {
        List<String> wrong =
                JAVA.stream()
                        .filter(file -> !file.endsWith("module-info.java"))
                        .filter(file -> file.toString().contains("/src/"))
                        .map(file -> file.resolveSibling("package-info.java"))
                        .distinct()
                        .filter(info -> !describes(info))
                        .map(Repository::name)
                        .toList();

        assertEquals(List.of(), wrong);
    }

    @Test
    void every_public_type_has_a_comment() {
        List<Path> main =
                JAVA.stream().filter(file -> file.toString().contains("/src/main/")).toList();

        List<String> wrong =
                Sources.parse(main).types().stream()
                        .filter(type -> !type.documented())
                        .map(type -> Repository.name(type.file()) + " " + type.name())
                        .toList();

        assertEquals(List.of(), wrong);
    }

    @Test
    void nothing_is_left_for_later() {
        assertEquals(List.of(), grep(WRITTEN, UNFINISHED.asPredicate()));
    }

    @Test
    void no_path_of_somebodys_machine_is_written_down() {
        assertEquals(List.of(), grep(WRITTEN, MACHINE_PATH.asPredicate()));
    }

    @Test
    void no_test_is_switched_off_and_none_sleeps() {
        Predicate<String> banned =
                line ->
                        line.strip().startsWith("@Dis" + "abled")
                                || line.contains("Thread.sl" + "eep")
                                || line.contains("SECONDS.sl" + "eep");

        assertEquals(List.of(), grep(JAVA, banned));
    }

    @Test
    void nobody_mocks() {
        assertEquals(List.of(), grep(JAVA, line -> line.startsWith("import org.mock" + "ito")));
    }

    private static boolean describes(Path info) {
        // A test beside the code shares the package, and so the description, of the code.
        Path beside = Path.of(info.toString().replace("/src/test/", "/src/main/"));
        if (!JAVA.contains(info) && !JAVA.contains(beside)) {
            return false;
        }
        String text = Repository.text(JAVA.contains(beside) ? beside : info);
        return text.startsWith("///") && text.contains("@NullMarked");
    }

    private static List<String> grep(List<Path> files, Predicate<String> wanted) {
        return files.stream().flatMap(file -> hits(file, wanted)).toList();
    }

    private static Stream<String> hits(Path file, Predicate<String> wanted) {
        List<String> lines = Repository.lines(file);
        return Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
                .filter(i -> wanted.test(lines.get(i)))
                .map(i -> Repository.name(file) + ":" + (i + 1) + ": " + lines.get(i).strip());
    }
}

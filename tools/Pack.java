import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Makes the packaged folder quick to start, in two ways; see `docs/adr/0014-quick-start.md`.
///
///     java tools/Pack.java app/target/chancery
///
/// A signed jar is unsigned: Java leaves the classes of signed jars out of its cache, and checks
/// every signature anew at each start. And SQLite's native libraries are laid beside the jars,
/// where the launcher points at them; else each start would write one into the folder for temporary
/// files.
final class Pack {
    private static final Pattern SIGNATURE =
            Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)", Pattern.CASE_INSENSITIVE);

    /// Where a library lies in the jar of SQLite, by what `uname` says of the machine.
    private static final Map<String, String> NATIVES =
            Map.of(
                    "Linux-x86_64", "org/sqlite/native/Linux/x86_64/libsqlitejdbc.so",
                    "Linux-aarch64", "org/sqlite/native/Linux/aarch64/libsqlitejdbc.so",
                    "Darwin-x86_64", "org/sqlite/native/Mac/x86_64/libsqlitejdbc.dylib",
                    "Darwin-arm64", "org/sqlite/native/Mac/aarch64/libsqlitejdbc.dylib");

    private Pack() {}

    public static void main(String[] args) throws IOException {
        Path home = Path.of(args[0]);
        try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
            for (Path jar : jars.sorted().toList()) {
                String name = jar.getFileName().toString().toLowerCase(Locale.ROOT);
                if (isSigned(jar)) {
                    unsign(jar);
                }
                if (name.startsWith("sqlite-jdbc")) {
                    layOut(jar, home.resolve("native"));
                }
            }
        }
    }

    private static boolean isSigned(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            return file.stream().anyMatch(entry -> SIGNATURE.matcher(entry.getName()).matches());
        }
    }

    /// The same entries in the same order with the same times, so the same bytes in each build.
    private static void unsign(Path jar) throws IOException {
        Path draft = jar.resolveSibling(jar.getFileName() + ".new");
        try (JarFile file = new JarFile(jar.toFile(), false);
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(draft))) {
            for (JarEntry entry : file.stream().toList()) {
                if (!SIGNATURE.matcher(entry.getName()).matches()) {
                    JarEntry copy = new JarEntry(entry.getName());
                    copy.setTimeLocal(entry.getTimeLocal());
                    out.putNextEntry(copy);
                    if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        Manifest manifest = file.getManifest();
                        manifest.getEntries().clear(); // They are the digests of the entries.
                        manifest.write(out);
                    } else {
                        copy(file, entry, out);
                    }
                    out.closeEntry();
                }
            }
        }
        Files.move(draft, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void copy(JarFile file, JarEntry entry, JarOutputStream out)
            throws IOException {
        try (InputStream in = file.getInputStream(entry)) {
            in.transferTo(out);
        }
    }

    private static void layOut(Path jar, Path folder) throws IOException {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            for (Map.Entry<String, String> library : NATIVES.entrySet()) {
                JarEntry entry = file.getJarEntry(library.getValue());
                String name = Path.of(library.getValue()).getFileName().toString();
                Path target = folder.resolve(library.getKey()).resolve(name);
                Files.createDirectories(target.getParent());
                try (InputStream in = file.getInputStream(entry)) {
                    Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }
}

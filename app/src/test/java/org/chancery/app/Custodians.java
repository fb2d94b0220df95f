package org.chancery.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.archive.stock.Custodian;
import org.chancery.custody.command.Main;

/// Five custodians in two houses, two officers and an archivist. Each has the custodians' program,
/// which runs as a process of its own, in one folder.
final class Custodians {
    static final int K = 3;
    static final String PASSWORD = "a long pass phrase";
    private static final int MINUTES_MAX = 10;

    /// Who holds shares, and of which house they are.
    private static final Map<String, String> HOLDERS =
            Map.of("Ada", "City", "Ben", "City", "Cleo", "City", "Dan", "Court", "Eve", "Court");

    private final Path folder;
    private final List<String> java;
    private final Map<String, String> fingerprints = new HashMap<>();

    /// How a process ended.
    record Ended(int exit, String out, String err) {
        Ended ok() {
            assertEquals(0, exit, err);
            return this;
        }

        void refused(String why) {
            assertEquals(1, exit, err);
            assertTrue(err.contains(why), err);
        }
    }

    /// Everybody makes a key.
    Custodians(Path folder) throws Exception {
        this(folder, List.of());
    }

    /// @param java options of the Java that runs their program
    Custodians(Path folder, List<String> java) throws Exception {
        this.folder = folder;
        this.java = java;
        for (Map.Entry<String, String> holder : HOLDERS.entrySet()) {
            makeKey(holder.getKey(), holder.getValue());
        }
        makeKey("Desk", "City");
        makeKey("Reading", "Archive");
        makeKey("Root", "City");
        makeKey("Anton", "Court");
    }

    private void makeKey(String name, String house) throws Exception {
        Ended made =
                run(
                        List.of(PASSWORD, PASSWORD),
                        "ceremony custodian-key --name %s --organisation %s --out %s"
                                .formatted(name, house, name.toLowerCase(Locale.ROOT)));
        fingerprints.put(name, made.ok().out().strip());
    }

    /// What is on the card of somebody.
    Custodian card(String name) throws IOException {
        byte[] card = Files.readAllBytes(folder.resolve(name + ".card"));
        return Custodian.readCard(card, BouncyEd25519.verifier());
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /// The ceremony: a stock of so many identities in the folder `stock`.
    void makeStock(String server, int identities) throws Exception {
        StringBuilder words = new StringBuilder("ceremony make-stock --out stock --rehearsals 1");
        words.append(" --quarters 1 --spares 6 --present Ada --present Dan --k ").append(K);
        words.append(" --server-name ").append(server).append(" --identities ").append(identities);
        HOLDERS.keySet().stream()
                .sorted()
                .forEach(
                        name ->
                                words.append(" --card ")
                                        .append(name.toLowerCase(Locale.ROOT))
                                        .append(".card"));
        run(
                        List.of(
                                fingerprints.getOrDefault("Ada", ""),
                                fingerprints.getOrDefault("Dan", "")),
                        words.toString())
                .ok();
    }

    /// Opens a tenth of the stock, whose proof is in the file `proof`, with the log's policy in the
    /// file `policy`: the order goes to the file `order`, the report to `tenth`.
    void openTenth() throws Exception {
        does(
                "ceremony order --purpose tenth --stock stock/public --desk desk.card"
                        + " --proof proof --reason agreed --out order");
        for (String who : List.of("ada", "dan")) {
            does(
                    "ceremony sign --order order --stock stock/public --desk desk.card"
                            + " --policy policy --key "
                            + who);
        }
        StringBuilder open =
                new StringBuilder(
                        "ceremony open-tenth --order order --stock stock/public --policy policy"
                                + " --key desk --out tenth");
        for (String who : List.of("ada", "ben", "dan")) {
            does(
                    ("ceremony release --order order --stock stock/public --policy policy"
                                    + " --shares %s --key %s --out tenth-%s")
                            .formatted(shares(who), who, who));
            open.append(" --release tenth-").append(who);
        }
        does(open.toString());
    }

    /// The folder with somebody's shares of the stock.
    String shares(String who) throws IOException {
        return "stock/shares-" + card(who).fingerprint();
    }

    /// An officer signs the case in that file.
    void sign(String file, String officer) throws Exception {
        does("case sign --case %s --key %s".formatted(file, officer));
    }

    /// A custodian releases shares for a case, to the folder `CASE-WHO`.
    Ended release(String name, Path dossier, String who) throws Exception {
        return runs(
                ("case release --case %s --stock stock/public --policy policy --officer root.card"
                                + " --officer anton.card --reading-room reading.card --shares %s"
                                + " --key %s --out %s-%s")
                        .formatted(dossier, shares(who), who, name, who));
    }

    /// The archivist opens a dossier with the releases in those folders.
    Ended open(Path dossier, String out, List<String> releases) throws Exception {
        StringBuilder words =
                new StringBuilder("case open --stock stock/public --policy policy --key reading");
        words.append(" --officer root.card --officer anton.card --dossier ").append(dossier);
        words.append(" --out ").append(out);
        releases.forEach(release -> words.append(" --release ").append(release));
        return runs(words.toString());
    }

    /// Adds the proofs in those files to an export.
    void seal(Path export, Path proof, Path piecesProof) throws Exception {
        does(
                "case seal --policy policy --export %s --proof %s --pieces-proof %s"
                        .formatted(export, proof, piecesProof));
    }

    private void does(String words) throws Exception {
        runs(words).ok();
    }

    private Ended runs(String words) throws Exception {
        return run(List.of(PASSWORD), words);
    }

    private Ended run(List<String> typed, String words) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(java);
        command.addAll(
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName()));
        command.addAll(List.of(words.split(" ")));
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(folder.resolve("out.txt").toFile())
                        .redirectError(folder.resolve("err.txt").toFile())
                        .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write((String.join("\n", typed) + "\n").getBytes(UTF_8));
        }
        assertTrue(process.waitFor(MINUTES_MAX, TimeUnit.MINUTES), words);
        return new Ended(
                process.exitValue(),
                Files.readString(folder.resolve("out.txt")),
                Files.readString(folder.resolve("err.txt")));
    }
}

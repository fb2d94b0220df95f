package org.chancery.custody.opening;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.chancery.custody.opening.TestRecord.ANA;
import static org.chancery.custody.opening.TestRecord.BEN;
import static org.chancery.custody.opening.TestRecord.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.chancery.archive.dossier.Blob;
import org.chancery.archive.dossier.DossierReader;
import org.chancery.archive.dossier.InboxLine;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.archive.order.CaseOrder;
import org.chancery.archive.order.SealedShares;
import org.chancery.archive.stock.Custodian;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.custody.ceremony.IdentityMaker;
import org.chancery.custody.ceremony.KeyDesk;
import org.chancery.custody.ceremony.ShareHolder;
import org.chancery.custody.ceremony.TestStock;
import org.chancery.custody.files.DossierOnDisk;
import org.chancery.ledger.export.ExportLayout;
import org.chancery.ledger.export.Opened;
import org.chancery.ledger.export.OpenedMessage;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.signing.UnpaddedBase64;
import org.chancery.verifier.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// A record room, its case and its opening, for tests of what comes of it.
abstract class OpeningFixture {
    static final SecureRandom RANDOM = new SecureRandom();
    static TestStock stock;

    @TempDir Path folder;
    TestRecord record;

    @BeforeAll
    static void ceremony() {
        stock = new TestStock();
    }

    @BeforeEach
    void room() {
        record = new TestRecord(stock.first.identity());
    }

    @AfterEach
    void close() {
        record.close();
    }

    void talk() {
        record.share(ANA);
        record.write(ANA, "good morning");
        record.share(BEN);
        Pdu answer = record.write(BEN, "and to you");
        record.endHour();
        record.clear(
                ANA,
                "m.reaction",
                JsonObject.of(
                        "m.relates_to",
                        JsonObject.EMPTY
                                .with("rel_type", "m.annotation")
                                .with("event_id", answer.eventId().value())
                                .with("key", "+1")));
        JsonObject edit =
                JsonObject.EMPTY
                        .with("msgtype", "m.text")
                        .with("body", "* and to all")
                        .with("m.new_content", JsonObject.EMPTY.with("body", "and to all"));
        record.encrypted(BEN, record.sender(BEN).event("m.room.message", edit));
        record.sender(ANA).rotate();
        record.share(ANA);
        record.write(ANA, "goodbye");
        record.endHour();
    }

    Pdu undecryptable(JsonObject content) {
        byte[] bytes =
                UnpaddedBase64.decode(content.string("ciphertext").orElseThrow()).orElseThrow();
        bytes[bytes.length / 2] ^= 1;
        return record.encrypted(ANA, content.with("ciphertext", UnpaddedBase64.encode(bytes)));
    }

    InboxLine withheld(JsonObject encrypted) {
        JsonObject content =
                JsonObject.EMPTY
                        .with("session_id", session(encrypted))
                        .with("code", "m.unverified");
        return new InboxLine(record.device().id(), BEN, "m.room_key.withheld", content, NOON);
    }

    static String session(JsonObject encrypted) {
        return encrypted.string("session_id").orElseThrow();
    }

    Pdu file(String mxc, String name, boolean here) throws Exception {
        byte[] key = new byte[32];
        byte[] iv = new byte[16];
        RANDOM.nextBytes(key);
        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
        byte[] stored = cipher.doFinal("bytes".getBytes(UTF_8));
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(stored);
        String k = Base64.getUrlEncoder().withoutPadding().encodeToString(key);
        JsonObject file =
                JsonObject.EMPTY
                        .with("url", mxc)
                        .with("key", JsonObject.EMPTY.with("k", k))
                        .with("iv", UnpaddedBase64.encode(iv))
                        .with("hashes", JsonObject.of("sha256", UnpaddedBase64.encode(hash)));
        if (here) {
            record.blobs.put(
                    new Blob(
                            mxc,
                            HexFormat.of().formatHex(hash),
                            stored.length,
                            Blob.Pin.INFERRED,
                            Optional.empty()),
                    stored);
        }
        JsonObject content =
                JsonObject.EMPTY.with("msgtype", "m.file").with("body", name).with("file", file);
        return record.encrypted(ANA, record.sender(ANA).event("m.room.message", content));
    }

    DossierOnDisk dossier() {
        return new DossierOnDisk(folder.resolve("dossier"));
    }

    CaseOrder hand() {
        CaseEntry entry = record.approved(stock.desk.card().sealing(), record.device().id());
        return new CaseOrder(entry, record.hand(entry, dossier()));
    }

    CaseOrder check(DossierReader dossier, List<Custodian> of, TestLog log) {
        return CaseCheck.check(dossier, of, log.policy(), stock.desk.card().sealing());
    }

    static List<SealedShares> releases(CaseOrder order, IdentityMaker.Made made, int... holders) {
        List<SealedShares> releases = new ArrayList<>();
        for (int holder : holders) {
            releases.add(
                    new ShareHolder(stock.holders.get(holder), stock.sharing)
                            .release(
                                    order,
                                    made.identity(),
                                    made.digests(),
                                    made.shares().get(holder),
                                    RANDOM));
        }
        return releases;
    }

    CaseOpening.Read open(String search, int... holders) throws IOException {
        CaseOrder order = hand();
        return open(order, releases(order, stock.first, holders), search);
    }

    CaseOpening.Read open(CaseOrder order, List<SealedShares> releases, String search)
            throws IOException {
        DossierReader dossier = DossierReader.open(dossier());
        assertEquals(order, check(dossier, record.officers(), record.log));
        KeyDesk desk = new KeyDesk(stock.desk, order, stock.sharing, RANDOM);
        Path toLog = folder.resolve("to-log");
        Files.createDirectories(toLog);
        return new CaseOpening(
                        dossier,
                        order,
                        record.log.policy(),
                        (identity, device) ->
                                desk.key(identity, device, stock.first.digests(), releases),
                        RANDOM,
                        new Progress(_ -> {}))
                .open(0, search, export(), toLog, NOON);
    }

    Path export() {
        return folder.resolve("export");
    }

    /// Has the leaves logged, adds their proofs, and asks the verifier.
    void assertVerified() throws IOException {
        Path leaf = export().resolve(ExportLayout.EXPORT);
        Path pieces = export().resolve(ExportLayout.PIECES);
        Files.writeString(
                export().resolve(ExportLayout.PIECES_PROOF),
                record.log.log(Files.readAllBytes(pieces)));
        Files.writeString(
                export().resolve(ExportLayout.EXPORT_PROOF),
                record.log.log(Files.readAllBytes(leaf)));
        StringBuilder said = new StringBuilder();

        int exit = verify(said);

        assertEquals(0, exit, said.toString());
    }

    int verify(StringBuilder said) throws IOException {
        Path policy = folder.resolve("policy");
        Files.writeString(policy, record.log.policyText());
        return Main.run(new String[] {export().toString(), policy.toString()}, said);
    }

    Opened opened() throws IOException {
        return Opened.parse(Files.readAllBytes(export().resolve(ExportLayout.OPENED)));
    }

    List<OpenedMessage> messages() throws IOException {
        return Files.readString(export().resolve(ExportLayout.MESSAGES))
                .lines()
                .map(line -> OpenedMessage.parse(line.getBytes(UTF_8)))
                .toList();
    }

    String page() throws IOException {
        return Files.readString(export().resolve("index.html"));
    }

    static String body(OpenedMessage message) {
        return message.plain().object("content").flatMap(c -> c.string("body")).orElse("");
    }

    static String refused(Executable act) {
        return assertThrows(MalformedArchive.class, act).getMessage();
    }
}

package org.chancery.app.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import de.connect2x.trixnity.vodozemac.olm.Account;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.chancery.archive.order.SealedShares;
import org.chancery.archive.stock.ArchiveDevice;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Container;
import org.chancery.archive.stock.ShareLabel;
import org.chancery.archive.stock.Sharing;
import org.chancery.custody.files.SharesFolder;
import org.chancery.custody.files.StockFolder;
import org.chancery.custody.olm.OlmAccount;
import org.chancery.custody.seal.HolderKeys;
import org.chancery.custody.seal.KeyFile;
import org.chancery.custody.seal.SealingKey;
import org.chancery.custody.seal.Secret;
import org.chancery.custody.seal.SplitKey;

/// Every secret of a stock, in the hands of somebody who has all key files and their passwords: the
/// shares, the keys of the containers, and the private keys in the containers.
public final class KeptSecrets {
    private static final Pattern ARRAY = Pattern.compile("\\[((?:\\d{1,3},){31,}\\d{1,3})]");
    private static final int DRAWN_MIN = 32;

    private final StockFolder stock;
    private final Sharing sharing;
    private final List<Holder> holders = new ArrayList<>();
    private final Needles needles;

    /// @param index the custodian's number, from 1
    private record Holder(int index, SealingKey key, SharesFolder shares) {}

    private KeptSecrets(Path stock, Needles needles) throws IOException {
        this.stock = StockFolder.open(stock);
        this.sharing = this.stock.latest().sharing();
        this.needles = needles;
    }

    /// Adds all secrets of a stock.
    ///
    /// @param home the folder of all key files, with the folder `stock`
    /// @param holders the names of the key files
    public static void ofStock(Path home, List<String> holders, String password, Needles needles)
            throws Exception {
        KeptSecrets kept = new KeptSecrets(home.resolve("stock/public"), needles);
        for (String holder : holders) {
            HolderKeys own =
                    KeyFile.unlock(
                            Files.readAllBytes(home.resolve(holder)), password.toCharArray());
            int index = kept.sharing.indexOf(own.card().id()).orElseThrow();
            Path shares = home.resolve("stock/shares-" + own.card().fingerprint());
            kept.holders.add(new Holder(index, own.sealing(), SharesFolder.open(shares)));
        }
        for (int number = 1; number <= kept.stock.stock().identities(); number++) {
            kept.addIdentity(kept.stock.identity(number));
        }
    }

    /// Adds all that [KeptChance] noted and that is long enough for a key.
    public static void drawn(Path draws, Needles needles) throws IOException {
        int number = 0;
        for (String line : Files.readAllLines(draws, ISO_8859_1)) {
            byte[] drawn = HexFormat.of().parseHex(line);
            if (drawn.length >= DRAWN_MIN) {
                number++;
                needles.secret("draw " + number, drawn);
            }
        }
    }

    private void addIdentity(ArchiveIdentity identity) throws Exception {
        for (ArchiveDevice device : identity.devices()) {
            String name = "of device " + device.id() + " of " + identity.user();
            Map<Integer, Secret> shares = new HashMap<>();
            for (Holder holder : holders) {
                Secret share = share(holder, identity, device);
                needles.secret("share " + holder.index() + " " + name, share.bytes());
                shares.put(holder.index(), share);
            }
            Secret key = SplitKey.join(shares, sharing.k(), sharing.n(), new SecureRandom());
            needles.secret("container key " + name, key.bytes());
            addDevice(device.container(), key, name);
        }
    }

    private Secret share(Holder holder, ArchiveIdentity identity, ArchiveDevice device)
            throws IOException {
        SealedShares.Share sealed =
                holder.shares().read(identity.number()).of(device.id()).orElseThrow();
        ShareLabel label = ShareLabel.of(identity, device, sharing, holder.index());
        return holder.key()
                .open(
                        new SealingKey.Sealed(sealed.encapsulated(), sealed.ciphertext()),
                        label.bytes());
    }

    /// The private keys in a container, which the library writes open when it is asked to seal them
    /// in its other way.
    private void addDevice(Container container, Secret key, String name) throws Exception {
        OlmAccount.open(container, key.bytes()).close();
        Account account =
                (Account)
                        mangled(Account.Companion.getClass(), "fromDehydratedDevice")
                                .invoke(
                                        Account.Companion,
                                        container.ciphertext(),
                                        container.nonce(),
                                        key.bytes().clone());
        String pickle = (String) mangled(Account.class, "pickle").invoke(account, key.bytes());
        account.close();
        String json =
                pickle.startsWith("{")
                        ? pickle
                        : new String(Base64.getMimeDecoder().decode(pickle), ISO_8859_1);
        List<byte[]> found =
                ARRAY.matcher(json).results().map(KeptSecrets::bytes).distinct().toList();
        if (found.size() < 3) {
            throw new IllegalStateException("a device has two keys and a fallback: " + found);
        }
        for (int i = 0; i < found.size(); i++) {
            needles.secret("private key " + i + " " + name, found.get(i));
        }
    }

    private static Method mangled(Class<?> type, String start) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().startsWith(start + "-"))
                .filter(method -> !method.getName().endsWith("$default"))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] bytes(MatchResult numbers) {
        String[] texts = numbers.group(1).split(",", -1);
        byte[] bytes = new byte[texts.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(texts[i]);
        }
        return bytes;
    }
}

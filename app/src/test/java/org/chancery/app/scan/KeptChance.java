package org.chancery.app.scan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.Provider;
import java.security.SecureRandomSpi;
import java.security.Security;
import java.util.HexFormat;
import java.util.List;

/// The chance of a process of which a test must know every secret: it draws from the operating
/// system and notes each draw, a line of hexadecimal, in the file that the property
/// `chancery.draws`
/// names. The process runs unchanged; its Java is told by [#options] where chance comes from.
public final class KeptChance extends Provider {
    private static final long serialVersionUID = 1;
    private static final String DRAWS = "chancery.draws";

    /// As Java makes it.
    public KeptChance() {
        super("KeptChance", "1", "notes what is drawn");
        put("SecureRandom.Kept", Drawing.class.getName());
    }

    /// The options of a Java whose draws are noted in that file.
    public static List<String> options(Path properties, Path draws) throws IOException {
        StringBuilder providers = new StringBuilder("security.provider.1=");
        providers.append(KeptChance.class.getName()).append('\n');
        int number = 2;
        for (Provider provider : Security.getProviders()) {
            providers.append("security.provider.%d=%s%n".formatted(number, provider.getName()));
            number++;
        }
        Files.writeString(properties, providers);
        return List.of("-Djava.security.properties=" + properties, "-D" + DRAWS + "=" + draws);
    }

    /// Where the bytes come from.
    public static final class Drawing extends SecureRandomSpi {
        private static final long serialVersionUID = 1;

        @Override
        protected void engineSetSeed(byte[] seed) {
            // The operating system needs none.
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            try (InputStream in = Files.newInputStream(Path.of("/dev/urandom"))) {
                in.readNBytes(bytes, 0, bytes.length);
                Files.writeString(
                        Path.of(System.getProperty(DRAWS)),
                        HexFormat.of().formatHex(bytes) + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        protected byte[] engineGenerateSeed(int length) {
            byte[] seed = new byte[length];
            engineNextBytes(seed);
            return seed;
        }
    }
}

package org.chancery.api.http;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// The certificate of a listener. When its files change it is taken into use for new connections,
/// so that a certificate of ninety days needs no restart. Files that do not fit together, as while
/// one is written and the other not yet, leave the old one in use.
final class Certificate {
    private static final System.Logger LOG = System.getLogger(Certificate.class.getName());

    private final HttpConfig.Tls files;
    private final SslContextFactory.Server tls = new SslContextFactory.Server();
    private Optional<Stamp> seen = Optional.empty();

    /// By what a change of a file is noticed.
    private record FileStamp(FileTime time, long size, String key) {
        static FileStamp of(Path file) throws IOException {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileStamp(
                    attributes.lastModifiedTime(),
                    attributes.size(),
                    String.valueOf(attributes.fileKey()));
        }
    }

    private record Stamp(FileStamp certificates, FileStamp key) {}

    Certificate(HttpConfig.Tls files) {
        this.files = files;
        tls.setKeyStorePassword("");
    }

    /// What the engine makes connections with.
    SslContextFactory.Server tls() {
        return tls;
    }

    /// Reads the files for the first time.
    synchronized void load() throws IOException {
        seen = stamp();
        try {
            tls.setKeyStore(PemKeys.read(files));
        } catch (GeneralSecurityException e) {
            throw new IOException("the TLS certificate can't be used: " + e.getMessage(), e);
        }
    }

    /// Reads the files again if they changed since they were last looked at.
    synchronized void renew() {
        var now = stamp();
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            var store = PemKeys.read(files);
            tls.reload(factory -> factory.setKeyStore(store));
            LOG.log(Level.INFO, "a new TLS certificate is in use");
        } catch (Exception e) {
            LOG.log(
                    Level.WARNING,
                    "the files of the TLS certificate changed and can't be used; the old one stays"
                            + " in use until they change again: "
                            + e);
        }
    }

    /// Empty while a file is missing.
    private Optional<Stamp> stamp() {
        try {
            return Optional.of(
                    new Stamp(FileStamp.of(files.certificates()), FileStamp.of(files.key())));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

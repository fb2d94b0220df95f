package org.chancery.governance.log;

import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.signing.Signer;
import org.chancery.tlog.note.Ed25519Signer;
import org.chancery.tlog.note.VerifierKey;

/// The name and the key of this server's log.
public final class LogKey implements Ed25519Signer {
    /// Where the log is served; its name is that of the server and this (C2SP tlog-tiles,
    /// "Parameters").
    public static final String PATH = "/_chancery/log";

    private final String origin;
    private final Signer signer;

    public LogKey(ServerName server, Signer signer) {
        this.origin = server.value() + PATH;
        this.signer = signer;
    }

    /// What the log calls itself in checkpoints.
    public String origin() {
        return origin;
    }

    /// What readers and witnesses pin.
    public VerifierKey verifierKey() {
        return new VerifierKey(origin, VerifierKey.Use.NOTE, signer.publicKey());
    }

    /// A key of the server as logs and witnesses use one.
    public static Ed25519Signer signer(Signer signer) {
        return new Ed25519Signer() {
            @Override
            public byte[] publicKey() {
                return signer.publicKey();
            }

            @Override
            public byte[] sign(byte[] message) {
                return signer.sign(message);
            }
        };
    }

    @Override
    public byte[] publicKey() {
        return signer.publicKey();
    }

    @Override
    public byte[] sign(byte[] message) {
        return signer.sign(message);
    }
}

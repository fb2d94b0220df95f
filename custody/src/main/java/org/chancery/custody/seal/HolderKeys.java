package org.chancery.custody.seal;

import java.security.SecureRandom;
import org.chancery.archive.stock.Custodian;
import org.chancery.protocol.signing.UnpaddedBase64;

/// The private keys of a custodian, or of the desk at which shares come together: one to which
/// secrets are sealed and one that signs.
public record HolderKeys(Custodian card, SealingKey sealing, SigningKey signing)
        implements AutoCloseable {
    public HolderKeys {
        if (!card.sealing().equals(sealing.key()) || !card.signing().equals(signing.key())) {
            throw new SealFault("the keys are not those of the card");
        }
    }

    public static HolderKeys drawn(String name, String organisation, SecureRandom random) {
        SealingKey sealing = SealingKey.drawn(random);
        SigningKey signing = SigningKey.drawn(random);
        return new HolderKeys(
                new Custodian(name, organisation, sealing.key(), signing.key()), sealing, signing);
    }

    /// The public card, signed, as it is handed to others.
    public byte[] signedCard() {
        String signature = UnpaddedBase64.encode(signing.sign(card.json().bytes()));
        return card.json().with("signature", signature).bytes();
    }

    @Override
    public void close() {
        sealing.close();
        signing.close();
    }
}

package org.chancery.archive.entry;

import org.chancery.archive.stock.Custodian;
import org.chancery.archive.stock.Fields;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.archive.stock.PublicKey;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// Somebody who may ask for a case or approve one: their account, the name on their card, and the
/// key with which they sign. Its private half is in their own key file, never on the server.
public record CaseOfficer(UserId user, String name, PublicKey signing) {
    private static final int NAME_LENGTH_MAX = 80;

    public CaseOfficer {
        if (!CaseGround.isText(name) || name.length() > NAME_LENGTH_MAX) {
            throw new MalformedArchive("an officer has a name of one line");
        }
    }

    /// Whether that card is this officer's.
    public boolean isOf(Custodian card) {
        return card.signing().equals(signing) && card.name().equals(name);
    }

    static CaseOfficer parse(JsonObject json) {
        Fields fields = Fields.of(json, "an officer of a case");
        CaseOfficer officer =
                new CaseOfficer(
                        fields.parsed("user_id", UserId::parse),
                        fields.text("name"),
                        fields.parsed("signing_key", PublicKey::new));
        fields.end();
        return officer;
    }

    JsonObject json() {
        return JsonObject.builder()
                .put("user_id", user.toString())
                .put("name", name)
                .put("signing_key", signing.value())
                .build();
    }
}

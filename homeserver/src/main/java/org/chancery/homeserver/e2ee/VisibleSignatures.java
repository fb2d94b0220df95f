package org.chancery.homeserver.e2ee;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonValue;
import org.chancery.protocol.signing.JsonSigning;

/// Shows keys with those signatures that one viewer may see: the owner's and the viewer's own. Who
/// else has verified whom stays hidden (client-server API, "Key and signature security").
final class VisibleSignatures {
    private static final String SIGNATURES = "signatures";

    private record Target(UserId user, String id) {}

    private final UserId viewer;
    private final Map<Target, List<KeySignature>> added = new HashMap<>();

    /// @param added signatures that were added to keys after their upload
    VisibleSignatures(UserId viewer, List<KeySignature> added) {
        this.viewer = viewer;
        for (KeySignature each : added) {
            this.added
                    .computeIfAbsent(
                            new Target(each.target(), each.targetId()), _ -> new ArrayList<>())
                    .add(each);
        }
    }

    /// The key as the viewer may see it.
    ///
    /// @param id the device's ID, or the cross-signing key's text
    JsonObject shown(JsonObject key, UserId owner, String id) {
        JsonObject shown = uploaded(key, owner);
        for (KeySignature each : added.getOrDefault(new Target(owner, id), List.of())) {
            if (sees(owner, each.signer().toString())) {
                shown =
                        JsonSigning.withSignature(
                                shown, each.signer().toString(), each.key(), each.signature());
            }
        }
        return shown;
    }

    private JsonObject uploaded(JsonObject key, UserId owner) {
        if (key.object(SIGNATURES).isEmpty()) {
            return key;
        }
        JsonObject.Builder kept = JsonObject.builder();
        for (JsonObject.Member signer : key.object(SIGNATURES).get().entries()) {
            JsonValue signatures = signer.value();
            if (sees(owner, signer.name())) {
                kept.put(signer.name(), signatures);
            }
        }
        return key.with(SIGNATURES, kept.build());
    }

    private boolean sees(UserId owner, String signer) {
        return signer.equals(owner.toString()) || signer.equals(viewer.toString());
    }
}

package org.chancery.verifier;

import java.util.List;

/// What no check of an export can show, said with every answer.
final class Unknown {
    static final List<String> LINES =
            List.of(
                    "Whether the room went on after the last leaf, or a whole session was never"
                            + " shown to this server: only its members can tell, by proofs of"
                            + " their own events.",
                    "Whether the keys in room/servers.json are those servers' own: compare them"
                            + " with what the servers publish.",
                    "Whether the readable texts are what the encrypted events say: that rests on"
                            + " who opened them, and any k custodians can repeat it.",
                    "Whether requester and approver were entitled to ask and approve: their keys"
                            + " stand in the case, compare them with their cards.",
                    "Who typed a message: Megolm shows that the session's owner encrypted it, and"
                            + " the tie from session to device rests on Olm, which is deniable.",
                    "The Olm messages to the archive: their number and root are logged, they are"
                            + " not part of an export.");

    private Unknown() {}
}

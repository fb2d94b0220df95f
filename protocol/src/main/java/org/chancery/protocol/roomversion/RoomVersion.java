package org.chancery.protocol.roomversion;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A room version and its rules. All twelve are stable in the spec; each method names one rule and
/// the version that changed it.
public enum RoomVersion {
    V1("1"),
    V2("2"),
    V3("3"),
    V4("4"),
    V5("5"),
    V6("6"),
    V7("7"),
    V8("8"),
    V9("9"),
    V10("10"),
    V11("11"),
    V12("12");

    private static final Map<String, RoomVersion> BY_ID =
            Collections.unmodifiableMap(
                    Arrays.stream(values()).collect(Collectors.toMap(RoomVersion::id, v -> v)));

    private final String id;

    RoomVersion(String id) {
        this.id = id;
    }

    /// How event IDs come about.
    public enum EventIdFormat {
        /// The sending server thinks of one, `$opaque:server`, and writes it into the event.
        ASSIGNED,
        /// `$` and the reference hash in base64.
        HASH_BASE64,
        /// `$` and the reference hash in URL-safe base64.
        HASH_URL_SAFE
    }

    /// The algorithm that merges room states.
    public enum StateResolutionAlgorithm {
        V1,
        V2,
        /// Version 2 that starts from an empty state and adds the conflicted subgraph.
        V2_1
    }

    public static Optional<RoomVersion> of(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    /// The text on the wire.
    public String id() {
        return id;
    }

    public EventIdFormat eventIdFormat() {
        if (!since(V3)) {
            return EventIdFormat.ASSIGNED;
        }
        return since(V4) ? EventIdFormat.HASH_URL_SAFE : EventIdFormat.HASH_BASE64;
    }

    /// Versions 1 and 2: `prev_events` and `auth_events` pair each ID with a hash.
    public boolean referencesCarryHashes() {
        return !since(V3);
    }

    public StateResolutionAlgorithm stateResolution() {
        if (!since(V2)) {
            return StateResolutionAlgorithm.V1;
        }
        return since(V12) ? StateResolutionAlgorithm.V2_1 : StateResolutionAlgorithm.V2;
    }

    /// Versions 1 and 2: the authorization rules judge `m.room.redaction`. Later a redaction always
    /// enters and is applied only if its sender may redact.
    public boolean redactionsAreAuthorized() {
        return !since(V3);
    }

    /// Since 5: a signing key must be valid at the event's `origin_server_ts`.
    public boolean enforcesKeyValidity() {
        return since(V5);
    }

    /// Since 6: only integers within 2^53-1, no floats.
    public boolean strictCanonicalJson() {
        return since(V6);
    }

    /// Versions 1 to 5: `m.room.aliases` has a rule of its own and survives redaction.
    public boolean aliasesAreSpecial() {
        return !since(V6);
    }

    /// Since 6: changes of `notifications` in the power levels are judged.
    public boolean notificationLevelsAreJudged() {
        return since(V6);
    }

    /// Since 7: the membership and join rule `knock`.
    public boolean knocking() {
        return since(V7);
    }

    /// Since 8: the join rule `restricted`; redaction keeps `allow`.
    public boolean restrictedJoins() {
        return since(V8);
    }

    /// Since 9: redaction keeps `join_authorised_via_users_server`.
    public boolean redactionKeepsJoinAuthorisation() {
        return since(V9);
    }

    /// Since 10: the join rule `knock_restricted`.
    public boolean knockRestricted() {
        return since(V10);
    }

    /// Since 10: power levels must be integers; before, texts and floats are read as integers.
    public boolean integerPowerLevels() {
        return since(V10);
    }

    /// Since 11: the redaction algorithm drops `origin`, `membership` and `prev_state`, and keeps
    /// the whole content of `m.room.create`, `invite` of power levels, `redacts` of redactions and
    /// the signed part of third-party invites.
    public boolean updatedRedaction() {
        return since(V11);
    }

    /// Since 11: `redacts` stands in the content.
    public boolean redactsInContent() {
        return since(V11);
    }

    /// Versions 1 to 10: `m.room.create` must name its `creator` in the content.
    public boolean creatorInContent() {
        return !since(V11);
    }

    /// Since 12: the creators have a power level above all others.
    public boolean creatorsPrivileged() {
        return since(V12);
    }

    /// Since 12: the room ID is the hash of `m.room.create`, which has no `room_id` and is no
    /// `auth_event`.
    public boolean roomIdFromCreate() {
        return since(V12);
    }

    @Override
    public String toString() {
        return id;
    }

    private boolean since(RoomVersion version) {
        return compareTo(version) >= 0;
    }
}

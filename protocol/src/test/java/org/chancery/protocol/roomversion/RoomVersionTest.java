package org.chancery.protocol.roomversion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.chancery.protocol.roomversion.RoomVersion.EventIdFormat;
import org.chancery.protocol.roomversion.RoomVersion.StateResolutionAlgorithm;
import org.junit.jupiter.api.Test;

class RoomVersionTest {
    @Test
    void every_version_is_found_by_its_id() {
        for (var version : RoomVersion.values()) {
            assertEquals(Optional.of(version), RoomVersion.of(version.id()));
        }
        assertEquals(Optional.empty(), RoomVersion.of("13"));
        assertEquals(Optional.empty(), RoomVersion.of("V1"));
    }

    @Test
    void rules_that_came_hold_from_their_version_on() {
        assertEquals("5", first(RoomVersion::enforcesKeyValidity));
        assertEquals("6", first(RoomVersion::strictCanonicalJson));
        assertEquals("6", first(RoomVersion::notificationLevelsAreJudged));
        assertEquals("7", first(RoomVersion::knocking));
        assertEquals("8", first(RoomVersion::restrictedJoins));
        assertEquals("9", first(RoomVersion::redactionKeepsJoinAuthorisation));
        assertEquals("10", first(RoomVersion::knockRestricted));
        assertEquals("10", first(RoomVersion::integerPowerLevels));
        assertEquals("11", first(RoomVersion::updatedRedaction));
        assertEquals("11", first(RoomVersion::redactsInContent));
        assertEquals("12", first(RoomVersion::creatorsPrivileged));
        assertEquals("12", first(RoomVersion::roomIdFromCreate));
    }

    @Test
    void rules_that_went_hold_up_to_their_version() {
        assertEquals("3", first(v -> !v.referencesCarryHashes()));
        assertEquals("3", first(v -> !v.redactionsAreAuthorized()));
        assertEquals("6", first(v -> !v.aliasesAreSpecial()));
        assertEquals("11", first(v -> !v.creatorInContent()));
    }

    @Test
    void algorithms_change_with_the_version() {
        assertEquals(StateResolutionAlgorithm.V1, RoomVersion.V1.stateResolution());
        assertEquals(StateResolutionAlgorithm.V2, RoomVersion.V2.stateResolution());
        assertEquals(StateResolutionAlgorithm.V2, RoomVersion.V11.stateResolution());
        assertEquals(StateResolutionAlgorithm.V2_1, RoomVersion.V12.stateResolution());
        assertEquals(EventIdFormat.ASSIGNED, RoomVersion.V2.eventIdFormat());
        assertEquals(EventIdFormat.HASH_BASE64, RoomVersion.V3.eventIdFormat());
        assertEquals(EventIdFormat.HASH_URL_SAFE, RoomVersion.V4.eventIdFormat());
    }

    /// The first version with the rule; all after it must have it and none before it.
    private static String first(Predicate<RoomVersion> rule) {
        List<RoomVersion> versions = Arrays.stream(RoomVersion.values()).toList();
        var first = versions.stream().filter(rule).findFirst().orElseThrow();
        for (var version : versions) {
            assertEquals(version.compareTo(first) >= 0, rule.test(version), version.id());
        }
        return first.id();
    }
}

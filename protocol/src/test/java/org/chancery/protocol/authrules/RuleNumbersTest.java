package org.chancery.protocol.authrules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.chancery.protocol.roomversion.RoomVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleNumbersTest {
    @ParameterizedTest
    @CsvSource({
        "V1,  1.1,      1.1",
        "V11, 1.2,      1.2",
        "V1,  creator,  1.4",
        "V10, creator,  1.4",
        "V12, 1.4,      1.4",
        "V11, 2,        2.4",
        "V12, 2,        2",
        "V1,  3.1,      2.1",
        "V11, 3.5,      2.5",
        "V12, 3.5,      3.5",
        "V1,  4,        3",
        "V11, 4,        3",
        "V12, 4,        4",
        "V1,  aliases.1, 4.1",
        "V5,  aliases.2, 4.2",
        "V1,  5.1,      5.1",
        "V5,  5.3.2,    5.2.2",
        "V6,  5.1,      4.1",
        "V6,  5.3.2,    4.2.2",
        "V7,  5.3.5,    4.2.5",
        "V7,  5.3.7,    4.2.6",
        "V1,  5.3.7,    5.2.6",
        "V8,  5.3.7,    4.3.7",
        "V8,  5.2.1,    4.2.1",
        "V12, 5.3.7,    5.3.7",
        "V1,  5.4.1.8,  5.3.1.8",
        "V7,  5.4.1.8,  4.3.1.8",
        "V11, 5.4.1.8,  4.4.1.8",
        "V6,  5.4.7,    4.3.7",
        "V2,  5.5.4,    5.4.4",
        "V7,  5.6.3,    4.5.3",
        "V7,  5.7.4,    4.6.4",
        "V8,  5.7.4,    4.7.4",
        "V1,  5.8,      5.6",
        "V6,  5.8,      4.6",
        "V7,  5.8,      4.7",
        "V8,  5.8,      4.8",
        "V12, 5.8,      5.8",
        "V5,  6,        6",
        "V6,  6,        5",
        "V12, 6,        6",
        "V1,  7.1,      7.1",
        "V11, 7.1,      6.1",
        "V3,  8,        8",
        "V9,  8,        7",
        "V4,  9,        9",
        "V10, 9,        8",
        "V1,  10.1,     10.1",
        "V9,  10.2,     9.1",
        "V9,  10.3,     9.1",
        "V10, 10.1,     9.1",
        "V10, 10.2,     9.2",
        "V11, 10.3,     9.3",
        "V12, 10.4,     10.4",
        "V1,  10.6.1,   10.3.1",
        "V6,  10.6.2,   9.3.2",
        "V11, 10.6.2,   9.5.2",
        "V10, 10.7.1,   9.6.1",
        "V10, 10.10.1,  9.9.1",
        "V3,  10.10.1,  10.7.1",
        "V8,  10.9.1,   9.6.1",
        "V12, 10.10.1,  10.10.1",
        "V2,  redaction.3, 11.3",
    })
    void a_rule_has_the_number_that_the_spec_of_its_room_version_gives_it(
            RoomVersion version, String reference, String number) {
        assertEquals(number, RuleNumbers.in(version, reference));
    }
}

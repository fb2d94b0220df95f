// A harness that cannot fail proves nothing: here it is shown faults, and must see each of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Checks } from '../lib/checks.mjs';
import { differences, mustBeEqual } from '../lib/compare.mjs';
import { schedule } from '../lib/kills.mjs';
import { acts, cast } from '../lib/lines.mjs';
import { seeded } from '../lib/time.mjs';
import { mustBeEncrypted, mustNotTell } from '../lib/wire.mjs';

const said = ['one', 'two', 'two', 'three'].map((body, index) => {
    return { id: `$${index}`, sender: index % 2 ? '@b:x' : '@a:x', body };
});

test('lines_said_once_in_order_are_equal', () => {
    assert.deepEqual(differences(said, structuredClone(said)), []);
});

test('a_missing_line_is_named', () => {
    const seen = said.toSpliced(1, 1);

    assert.deepEqual(differences(said, seen), ['- line 2 is not there: @b:x "two"']);
});

test('a_doubled_line_is_named', () => {
    const again = { ...said[1], id: '$again' };
    const seen = said.toSpliced(2, 0, again);

    assert.deepEqual(differences(said, seen), ['+ at 3, never said: @b:x "two"']);
});

test('two_lines_out_of_order_are_a_fault', () => {
    const seen = [said[0], said[2], said[1], said[3]];

    assert.equal(differences(said, seen).length, 2);
});

test('an_undecryptable_line_is_named_with_its_cause', () => {
    const seen = said.with(3, { ...said[3], body: null, failure: 'MEGOLM_UNKNOWN_INBOUND' });

    assert.throws(() => mustBeEqual(said, seen), /undecryptable: MEGOLM_UNKNOWN_INBOUND/);
});

test('a_line_under_another_name_is_a_fault', () => {
    const seen = said.with(0, { ...said[0], sender: '@b:x' });

    assert.equal(differences(said, seen).length, 2);
});

test('a_play_is_cast_by_first_appearance', () => {
    const scene = 'ACT I\nSCENE I. A room.\n\n    Enter.\n';
    const text = `${scene}\nANN\n\n    Hi.\n    Ho.\n\n    Exit.\n\nBO\n\n    Hm.\n`;

    const lines = cast(text, 1);

    assert.deepEqual(
        lines.map((line) => [line.character, line.person, line.text]),
        [
            ['NARRATOR', 0, 'Enter.'],
            ['ANN', 1, 'Hi.'],
            ['ANN', 1, 'Ho.'],
            ['NARRATOR', 0, 'Exit.'],
            ['BO', 0, 'Hm.'],
        ],
    );
});

test('acts_are_kept_apart', () => {
    const text = 'ACT I\n\nANN\n\n    One.\n\nACT II\n\nANN\n\n    Two.\n';

    assert.deepEqual(acts(text).map((act) => act.length), [1, 1]);
});

test('kills_are_spread_and_of_every_kind', () => {
    const moments = schedule(3, 24);

    assert.deepEqual([...moments], [[4, 'mid-send'], [12, 'answer-lost'], [20, 'while-down']]);
});

test('the_same_seed_gives_the_same_chance', () => {
    const [one, other] = [seeded(7), seeded(7)];

    assert.deepEqual([one(), one()], [other(), other()]);
});

test('a_plain_message_on_the_wire_is_a_fault', () => {
    const plain = { type: 'm.room.message', event_id: '$0', content: { body: 'one' } };

    assert.throws(() => mustBeEncrypted([plain], ['$0']), /not an encrypted event/);
});

test('an_event_stored_twice_is_a_fault', () => {
    const content = { algorithm: 'm.megolm.v1.aes-sha2', ciphertext: 'AA' };
    const event = { type: 'm.room.encrypted', event_id: '$0', content };

    assert.throws(() => mustBeEncrypted([event, event], ['$0']), /1 lines said, 2 events stored/);
});

test('a_line_in_clear_is_found_raw_and_escaped', () => {
    const lines = [{ text: 'she said "bread" to him' }];
    const place = (bytes) => [{ where: 'a file', bytes }];

    assert.throws(() => mustNotTell(lines, place(Buffer.from(`x${lines[0].text}x`))), /in a file/);
    assert.throws(() => mustNotTell(lines, place(JSON.stringify(lines[0].text))), /in a file/);
    assert.doesNotThrow(() => mustNotTell(lines, place('nothing of that')));
});

test('a_failed_check_is_counted_and_a_vital_one_ends_the_play', async (t) => {
    t.mock.method(console, 'log', () => undefined);
    const checks = new Checks();
    let later = false;

    await checks.play(async () => {
        await checks.check('fails', () => Promise.reject(new Error('so')));
        await checks.mustHold('is vital', () => Promise.reject(new Error('so')));
        later = true;
    });

    assert.equal(checks.failed, 2);
    assert.equal(later, false);
});

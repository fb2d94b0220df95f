// What lies on the server and what went over the wire, looked at without the SDK.
import fs from 'node:fs';
import path from 'node:path';
import { ask } from './http.mjs';

const PAGE_SIZE = 100;
const PAGES_MAX = 500;
const TELLING_LENGTH_MIN = 12; // A shorter text may stand in any file by chance.
const FILE_BYTES_MAX = 512 * 1024 * 1024;

/** Every event of the room, oldest first, as the server stores it for clients. */
export async function roomEvents(server, token, roomId) {
    const events = [];
    let from = '';
    for (let page = 0; page < PAGES_MAX; page++) {
        const query = `dir=f&limit=${PAGE_SIZE}${from && `&from=${encodeURIComponent(from)}`}`;
        const room = encodeURIComponent(roomId);
        const url = `${server.url}/_matrix/client/v3/rooms/${room}/messages?${query}`;
        const answer = await ask('GET', url, { token });
        events.push(...answer.chunk);
        if (!answer.end || answer.chunk.length === 0) {
            return events;
        }
        from = answer.end;
    }
    throw new Error(`/messages did not end in ${PAGES_MAX} pages`);
}

/** Each line went as one encrypted event, in order, and nothing else was said in the room. */
export function mustBeEncrypted(events, eventIds) {
    const said = events.filter((event) => event.state_key === undefined);
    const odd = said.find((event) => {
        const { algorithm, ciphertext, body } = event.content;
        const sealed = algorithm === 'm.megolm.v1.aes-sha2' && typeof ciphertext === 'string';
        return event.type !== 'm.room.encrypted' || !sealed || body !== undefined;
    });
    if (odd) {
        throw new Error(`not an encrypted event: ${JSON.stringify(odd).slice(0, 400)}`);
    }
    const ids = said.map((event) => event.event_id);
    const wrong = eventIds.findIndex((id, index) => ids[index] !== id);
    if (wrong !== -1 || ids.length !== eventIds.length) {
        const at = wrong === -1 ? eventIds.length : wrong;
        throw new Error(
            `${eventIds.length} lines said, ${ids.length} events stored; they part at ${at + 1}: ` +
                `said ${eventIds[at]}, stored ${ids[at]}`,
        );
    }
}

/** The forms in which a text can stand in JSON or in a store. */
function tellTales(lines) {
    const telling = lines.map((line) => line.text).filter((t) => t.length >= TELLING_LENGTH_MIN);
    const forms = telling.flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]);
    return [...new Set(forms)];
}

/** Throws when any line stands in clear in any of the texts; says where, not only that. */
export function mustNotTell(lines, texts) {
    const tales = tellTales(lines);
    for (const { where, bytes } of texts) {
        const told = tales.find((tale) => bytes.includes(tale));
        if (told) {
            throw new Error(`"${told}" stands in clear in ${where}`);
        }
    }
    return tales.length;
}

/** Every file under a folder, read whole. */
export function* filesUnder(folder) {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true, recursive: true })) {
        const where = path.join(entry.parentPath ?? entry.path, entry.name);
        if (entry.isFile() && fs.statSync(where).size <= FILE_BYTES_MAX) {
            yield { where, bytes: fs.readFileSync(where) };
        }
    }
}

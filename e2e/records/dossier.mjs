// The dossier of a case, read from its lists alone (docs/dossier-format.md).
import fs from 'node:fs';
import path from 'node:path';

export class Dossier {
    constructor(folder) {
        this.folder = folder;
        this.index = JSON.parse(fs.readFileSync(path.join(folder, 'dossier.json'), 'utf8'));
    }

    #list(room, name) {
        const folder = path.join(this.folder, 'rooms', String(room).padStart(3, '0'), name);
        if (!fs.existsSync(folder)) return [];
        const files = fs.readdirSync(folder).sort();
        return files.flatMap((file) => {
            const text = fs.readFileSync(path.join(folder, file), 'utf8');
            return text.split('\n').slice(0, -1).map((line) => JSON.parse(line));
        });
    }

    /** What our senders wrote into a room, in the order of the archive. */
    room(number) {
        const events = this.#list(number, 'events')
            .filter((event) => event.type === 'm.room.encrypted')
            .map(({ content }) => Buffer.from(content.ciphertext, 'base64').toString('latin1'))
            .map((text) => text.slice(3).replace(/\.+$/, ''));
        const letters = this.#list(number, 'inbox')
            .flatMap(({ content }) => Object.values(content.ciphertext))
            .map(({ body }) => Buffer.from(body, 'base64').toString('latin1'));
        return { events, letters };
    }
}

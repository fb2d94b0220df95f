// Sudden deaths of the server, at spread moments and of three kinds:
//   mid-send      while a send is on its way: it may be stored or not
//   answer-lost   after the server answered, before the client heard it: it is stored
//   while-down    before the send leaves: it is not stored
// Each time the client must come through by itself, with one event for one line.
import { call } from './http.mjs';
import { pause } from './time.mjs';

const KINDS = ['mid-send', 'answer-lost', 'while-down'];
const MID_SEND_MS_MAX = 15;

/** At which line which death comes: spread evenly, never twice at one line. */
export function schedule(kills, lines) {
    const moments = new Map();
    for (let n = 0; n < Math.min(kills, lines); n++) {
        moments.set(Math.floor(((n + 0.5) * lines) / kills), KINDS[n % KINDS.length]);
    }
    return moments;
}

/** A promise that is awaited later; meanwhile its failure is nobody's. */
function later(promise) {
    promise.catch(() => {});
    return promise;
}

export class Kills {
    #server;
    #random;
    downMs = [];
    readyMs = [];

    constructor(server, random) {
        this.#server = server;
        this.#random = random;
    }

    /** Strikes, lets `meanwhile` happen, and starts the server again. */
    async #die(strike, meanwhile = () => undefined) {
        const began = performance.now();
        await strike();
        const value = await meanwhile();
        this.readyMs.push(await this.#server.start());
        this.downMs.push(Math.round(performance.now() - began));
        return value;
    }

    /** Says a line through one death; answers what `say` answers. */
    through(kind, speaker, say) {
        switch (kind) {
            case 'mid-send':
                return this.#midSend(speaker, say);
            case 'answer-lost':
                return this.#answerLost(speaker, say);
            case 'while-down':
                return this.#whileDown(say);
            default:
                throw new Error(`no such kill: ${kind}`);
        }
    }

    async #midSend(speaker, say) {
        const strike = this.#server.aim();
        const leaving = later(speaker.nextSend());
        const said = later(say());
        await leaving;
        await pause(this.#random() * MID_SEND_MS_MAX);
        await this.#die(strike);
        return said;
    }

    async #answerLost(speaker, say) {
        const { answered } = await speaker.holdNextAnswer();
        const said = later(say());
        const held = await answered;
        await this.#die(this.#server.aim(), held.cut);
        const { eventId, ...rest } = await said;
        if (eventId !== held.eventId) {
            throw new Error(`acknowledged as ${held.eventId}, after the kill as ${eventId}`);
        }
        await this.#mustRepeat(held, speaker.accessToken);
        return { eventId, ...rest };
    }

    /** The same transaction once more, without the SDK: the server must know it after its death. */
    async #mustRepeat({ url, json, eventId }, token) {
        const again = await call('PUT', url, { token, json });
        if (again.status !== 200 || again.json?.event_id !== eventId) {
            const answer = `${again.status} ${JSON.stringify(again.json ?? again.text)}`;
            throw new Error(`a repeated transaction answered ${answer}, not ${eventId}`);
        }
    }

    async #whileDown(say) {
        let said;
        await this.#die(this.#server.aim(), () => {
            said = later(say());
        });
        return said;
    }
}

// A world for one journey: a fresh server, a browser, and people in it. Each person has a profile
// of their own and sees the client as anybody would: by roles, labels and keys.
import fs from 'node:fs';
import path from 'node:path';
import { ask } from '../../../e2e/lib/http.mjs';
import { freePort, Server } from '../../../e2e/lib/server.mjs';
import { until } from '../../../e2e/lib/time.mjs';
import { Person } from './person.mjs';

const LINK_WITHIN_MS = 10_000;
const BACKUP_WITHIN_MS = 60_000;
const PASSWORD = 'a short sentence works well';

export class World {
    #browser;
    #contexts = [];
    people = [];
    faults = [];

    /** @param settings of the server, as its environment names them */
    constructor(browser, { folder, command, pictures, settings = {} }) {
        this.#browser = browser;
        this.folder = folder;
        const given = Object.entries(settings).map(([key, value]) => `${key}=${value} `);
        this.command = given.join('') + command;
        this.pictures = pictures;
        this.password = PASSWORD;
    }

    async open() {
        fs.mkdirSync(this.folder, { recursive: true });
        const port = await freePort();
        this.server = new Server({
            command: this.command,
            data: path.join(this.folder, 'data'),
            port,
            log: path.join(this.folder, 'server.log'),
        });
        await this.server.start();
        this.url = this.server.url;
    }

    async close() {
        for (const context of this.#contexts) {
            await context.close();
        }
        await this.server?.stop();
    }

    /** The way of the first administrator's link, as it stands in the data folder. */
    async setUpLink() {
        const file = path.join(this.folder, 'data', 'first-admin');
        await until(LINK_WITHIN_MS, file, () => fs.existsSync(file));
        const [link] = fs.readFileSync(file, 'utf8').split('\n');
        return `${this.url}/${new URL(link).hash}`;
    }

    /** A browser profile with one page. */
    async newPage({ locale = 'en-GB', theme = 'light', viewport, ...more } = {}) {
        const context = await this.#browser.newContext({
            ...more,
            locale,
            colorScheme: theme,
            reducedMotion: 'reduce',
            viewport: viewport ?? { width: 1280, height: 860 },
            permissions: ['clipboard-read', 'clipboard-write', 'notifications'],
        });
        this.#contexts.push(context);
        const page = await context.newPage();
        page.on('pageerror', (fault) => this.faults.push(String(fault)));
        page.on('console', (message) => {
            if (message.type() === 'error' && /Content Security|Trusted/i.test(message.text())) {
                this.faults.push(message.text().slice(0, 300));
            }
        });
        return page;
    }

    async person(name, options) {
        const person = new Person(this, name, await this.newPage(options), options);
        this.people.push(person);
        return person;
    }

    /** The first administrator, through the pages. */
    async administrator(name = 'Ruth Adeyemi', options) {
        const person = await this.person(name, options);
        await person.page.goto(await this.setUpLink());
        await person.fillAccount('Set up');
        return person;
    }

    /** Somebody whom the administrator invited, through the pages. */
    async invited(by, name, options) {
        const person = await this.person(name, options);
        await person.page.goto(await this.inviteLink(by));
        await person.fillAccount('Join');
        return person;
    }

    async inviteLink(by) {
        const token = await this.tokenOf(by);
        const url = `${this.url}/_chancery/admin/v1/invitations`;
        const json = { uses_allowed: 1, expires_in_ms: 3_600_000 };
        const made = await ask('POST', url, { token, json });
        return `${this.url}/${new URL(made.link, this.url).hash}`;
    }

    /** A chat of one person alone without encryption, made outside of the client; its id. */
    async plainChat(person, name) {
        const token = await this.tokenOf(person);
        const url = `${this.url}/_matrix/client/v3/createRoom`;
        return (await ask('POST', url, { token, json: { name } })).room_id;
    }

    /** The keys of what a person wrote have reached the backup on the server. */
    async backedUp(person) {
        const token = await this.tokenOf(person);
        const url = `${this.url}/_matrix/client/v3/room_keys/version`;
        await until(BACKUP_WITHIN_MS, 'a key in the backup', async () => {
            return (await ask('GET', url, { token })).count > 0;
        });
    }

    /** A token of its own for what an administrator does outside of the client. */
    async tokenOf(person) {
        const answer = await ask('POST', `${this.url}/_matrix/client/v3/login`, {
            json: {
                type: 'm.login.password',
                identifier: { type: 'm.id.user', user: person.userName },
                password: this.password,
            },
        });
        return answer.access_token;
    }
}

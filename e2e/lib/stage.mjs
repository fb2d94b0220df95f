// The stage: one Chromium, a page served from our own port, and persons in it.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { outside, within } from './time.mjs';

const PAGE = fileURLToPath(new URL('../../build/e2e/page', import.meta.url));
const CONFIG = fileURLToPath(new URL('../vite.config.js', import.meta.url));
const CALL_WITHIN_MS = 70_000;
const LONG_CALLS_WITHIN_MS = { say: 150_000, read: 300_000 };
const SEND = /\/_matrix\/client\/v3\/rooms\/[^/]+\/send\/([^/]+)\/[^/]+$/;
const SENDS = '**/_matrix/client/v3/rooms/*/send/**';
const TYPES = {
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript',
    '.wasm': 'application/wasm',
};
const POLICY =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src *; img-src data:";
const FLAGS = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
];

/** Serves the built page under a policy as strict as the SDK bears. */
function serve(folder) {
    const server = http.createServer((request, answer) => {
        const { pathname } = new URL(request.url, 'http://page');
        const file = path.join(folder, pathname === '/' ? 'index.html' : path.normalize(pathname));
        if (!file.startsWith(folder + path.sep) || !fs.existsSync(file)) {
            answer.writeHead(404).end();
            return;
        }
        answer.writeHead(200, {
            'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
            'content-security-policy': POLICY,
        });
        fs.createReadStream(file).pipe(answer);
    });
    return new Promise((resolve) => {
        server.listen(0, '127.0.0.1', () => resolve(server));
    });
}

function isSend(request) {
    return request.method() === 'PUT' && SEND.test(new URL(request.url()).pathname);
}

/** A person with one device: a browser profile of its own and the page's functions as methods. */
export class Person {
    #page;
    #url;

    constructor(name, page, url) {
        this.name = name;
        this.#page = page;
        this.#url = url;
        this.sentBodies = [];
        this.faults = [];
        page.on('pageerror', (error) => this.faults.push(`${name}: ${error}`));
        page.on('request', (request) => {
            if (isSend(request)) {
                this.sentBodies.push(request.postData() ?? '');
            }
        });
    }

    /** Calls a function of the page. */
    call(what, ...args) {
        const answer = this.#page.evaluate(
            ([name, given]) => window.person[name](...given),
            [what, args],
        );
        const limit = LONG_CALLS_WITHIN_MS[what] ?? CALL_WITHIN_MS;
        return within(limit, `${this.name}: ${what}`, answer);
    }

    async enter() {
        await this.#page.goto(this.#url);
        await this.#page.waitForFunction(() => Boolean(window.person));
    }

    /** The request of the next send, as soon as it leaves. */
    nextSend() {
        return this.#page.waitForRequest(isSend, { timeout: CALL_WITHIN_MS });
    }

    /**
     * From now on the next send reaches the server, but its answer is kept from the page. Once
     * it is there, `answered` resolves to what was sent, what the server said, and a way to cut
     * the line.
     */
    async holdNextAnswer() {
        const { promise, resolve, reject } = outside();
        const handler = async (route) => {
            const request = route.request();
            if (!isSend(request)) {
                await route.fallback();
                return;
            }
            try {
                const answer = await route.fetch();
                const { event_id: eventId } = await answer.json();
                const cut = async () => {
                    await route.abort('connectionreset');
                    await this.#page.unroute(SENDS, handler);
                };
                resolve({ eventId, url: request.url(), json: request.postDataJSON(), cut });
            } catch (error) {
                reject(error);
            }
        };
        await this.#page.route(SENDS, handler);
        return { answered: within(CALL_WITHIN_MS, 'the next send', promise) };
    }
}

export class Stage {
    #browser;
    #pages;
    #url;

    static async open(executable) {
        await build({ configFile: CONFIG });
        const stage = new Stage();
        stage.#pages = await serve(PAGE);
        stage.#url = `http://127.0.0.1:${stage.#pages.address().port}/`;
        stage.#browser = await chromium.launch({
            executablePath: executable,
            headless: true,
            args: FLAGS,
        });
        stage.version = stage.#browser.version();
        return stage;
    }

    async person(name) {
        const context = await this.#browser.newContext();
        const person = new Person(name, await context.newPage(), this.#url);
        await person.enter();
        return person;
    }

    async close() {
        await this.#browser.close();
        this.#pages.closeAllConnections();
        this.#pages.close();
    }
}

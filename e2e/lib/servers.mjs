// How two people get in, server by server. Each adapter answers with registration tokens; the
// persons themselves register through the SDK in their browsers.
import { createHmac, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { ask } from './http.mjs';
import { until } from './time.mjs';

const INVITATION_MS = 60 * 60 * 1000;
const LINK_WITHIN_MS = 10_000;
const OWNER_ONLY = 0o600;

/** Chancery: the first by the one-time link that the server leaves in its data folder. */
const chancery = (server) => ({
    name: 'chancery',
    firstIs: 'the first person becomes administrator by the one-time link',
    secondIs: 'the second person comes by an invitation of the first',
    async firstToken() {
        const file = path.join(server.data, 'first-admin');
        await until(LINK_WITHIN_MS, file, () => fs.existsSync(file)); // It is written last.
        const mode = fs.statSync(file).mode & 0o777;
        if (mode !== OWNER_ONLY) {
            throw new Error(`${file} has mode ${mode.toString(8)}, not 600`);
        }
        const [link] = fs.readFileSync(file, 'utf8').split('\n');
        const { hash } = new URL(link);
        const token = new URLSearchParams(hash.slice(hash.indexOf('?') + 1)).get('token');
        if (!token) {
            throw new Error(`${file} holds no link with a token`);
        }
        return token;
    },
    async secondToken(firstAccessToken) {
        const url = `${server.url}/_chancery/admin/v1/invitations`;
        const wish = { uses_allowed: 1, expires_in_ms: INVITATION_MS };
        return (await ask('POST', url, { token: firstAccessToken, json: wish })).token;
    },
});

/** Synapse: an usher, made through the shared-secret endpoint, hands both a registration token. */
const synapse = (server) => ({
    name: 'synapse',
    firstIs: 'the first person comes by a registration token',
    secondIs: 'the second person comes by a registration token',
    usherToken: null,
    async firstToken() {
        const url = `${server.url}/_synapse/admin/v1/register`;
        const file = path.join(server.data, 'registration-shared-secret');
        const secret = fs.readFileSync(file, 'utf8').trim();
        const { nonce } = await ask('GET', url);
        const usher = { username: 'usher', password: randomBytes(16).toString('hex') };
        const signed = [nonce, usher.username, usher.password, 'admin'].join('\0');
        const mac = createHmac('sha1', secret).update(signed).digest('hex');
        const made = await ask('POST', url, { json: { nonce, ...usher, admin: true, mac } });
        this.usherToken = made.access_token;
        return this.secondToken();
    },
    async secondToken() {
        const url = `${server.url}/_synapse/admin/v1/registration_tokens/new`;
        const json = { uses_allowed: 1 };
        return (await ask('POST', url, { token: this.usherToken, json })).token;
    },
});

export const ADAPTERS = { chancery, synapse };

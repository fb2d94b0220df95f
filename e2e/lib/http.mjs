import http from 'node:http';

const BODY_BYTES_MAX = 64 * 1024 * 1024;

/**
 * One JSON request on a connection of its own, so that no dead connection is met after a restart.
 * Answers `{ status, json }`; rejects when the server cannot be reached.
 */
export function call(method, url, { token, json, withinMs = 30_000 } = {}) {
    const body = json === undefined ? null : Buffer.from(JSON.stringify(json));
    const headers = {};
    if (token) {
        headers.authorization = `Bearer ${token}`;
    }
    if (body) {
        headers['content-type'] = 'application/json';
        headers['content-length'] = body.length;
    }
    return new Promise((resolve, reject) => {
        const request = http.request(url, { method, headers, agent: false }, (answer) => {
            const parts = [];
            let size = 0;
            answer.on('data', (part) => {
                parts.push(part);
                size += part.length;
                if (size > BODY_BYTES_MAX) {
                    request.destroy(new Error(`answer larger than ${BODY_BYTES_MAX} bytes`));
                }
            });
            answer.on('error', reject);
            answer.on('end', () => resolve(decode(answer.statusCode, parts)));
        });
        request.setTimeout(withinMs, () => request.destroy(new Error(`${method} ${url}: silent`)));
        request.on('error', reject);
        request.end(body ?? undefined);
    });
}

function decode(status, parts) {
    const text = Buffer.concat(parts).toString('utf8');
    try {
        return { status, json: JSON.parse(text) };
    } catch {
        return { status, json: null, text: text.slice(0, 200) };
    }
}

/** The JSON of an answer that must be a success. */
export async function ask(method, url, options) {
    const { status, json, text } = await call(method, url, options);
    if (status < 200 || status > 299) {
        const { pathname } = new URL(url);
        throw new Error(`${method} ${pathname}: ${status} ${JSON.stringify(json ?? text)}`);
    }
    return json;
}

// Lays .br and .gz beside each file that gains by it, and writes files.json: the list of what is
// there, which the server goes by. Brotli 9 takes a second or two; CHANCERY_BROTLI=11 is for releases.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

const GAINS = /\.(js|css|html|wasm|svg|json|txt|webmanifest)$/;
const QUALITY = Number(process.env.CHANCERY_BROTLI ?? 9);
const WORTH = 0.95;

function walk(folder) {
    return fs
        .readdirSync(folder, { withFileTypes: true })
        .flatMap((entry) =>
            entry.isDirectory()
                ? walk(path.join(folder, entry.name))
                : [path.join(folder, entry.name)],
        );
}

function brotli(bytes) {
    return zlib.brotliCompressSync(bytes, {
        params: {
            [zlib.constants.BROTLI_PARAM_QUALITY]: QUALITY,
            [zlib.constants.BROTLI_PARAM_LGWIN]: 24,
            [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
    });
}

/** Answers with the list, as it is written. */
export function compress(folder) {
    const files = {};
    for (const file of walk(folder).sort()) {
        const bytes = fs.readFileSync(file);
        const entry = {
            hash: createHash('sha256').update(bytes).digest('base64url').slice(0, 22),
            bytes: bytes.length,
        };
        if (GAINS.test(file)) {
            for (const [name, packed] of [
                ['br', brotli(bytes)],
                ['gz', zlib.gzipSync(bytes, { level: 9 })],
            ]) {
                if (packed.length < bytes.length * WORTH) {
                    fs.writeFileSync(`${file}.${name}`, packed);
                    entry[name] = packed.length;
                }
            }
        }
        files[path.relative(folder, file).split(path.sep).join('/')] = entry;
    }
    fs.writeFileSync(path.join(folder, 'files.json'), JSON.stringify({ files }, null, 1));
    return files;
}

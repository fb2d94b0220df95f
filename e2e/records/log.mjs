// The transparency log as it lies on the disk (C2SP tlog-tiles), read without any code of the
// server: its leaves, and whether a tree that was seen before is the beginning of the one that is
// there now.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const WIDTH = 256;

const sha = (...parts) => {
    const hash = createHash('sha256');
    parts.forEach((part) => hash.update(part));
    return hash.digest();
};

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

/** The checkpoint that lies there; empty before the first leaf. */
export function checkpoint(folder) {
    const file = path.join(folder, 'checkpoint');
    if (!fs.existsSync(file)) return { size: 0, root: '' };
    const [, size, root] = fs.readFileSync(file, 'utf8').split('\n');
    return { size: Number(size), root };
}

function numbered(index) {
    const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0');
    const parts = digits.match(/\d{3}/g);
    return parts.map((part, i) => (i < parts.length - 1 ? `x${part}` : part)).join('/');
}

function bundle(folder, index, size) {
    const width = Math.min(WIDTH, size - index * WIDTH);
    const name = path.join(folder, 'tile/entries', numbered(index));
    return fs.readFileSync(width === WIDTH ? name : `${name}.p/${width}`);
}

/** All leaves, each with its JSON and its hash, up to the checkpoint. */
export function leaves(folder) {
    const { size } = checkpoint(folder);
    const found = [];
    for (let index = 0; index * WIDTH < size; index++) {
        const bytes = bundle(folder, index, size);
        for (let at = 0; at < bytes.length; ) {
            const end = at + 2 + bytes.readUInt16BE(at);
            const leaf = bytes.subarray(at + 2, end);
            found.push({ hash: sha(LEAF, leaf), json: JSON.parse(leaf.toString('utf8')) });
            at = end;
        }
    }
    if (found.length !== size) throw new Error(`${found.length} leaves lie in a log of ${size}`);
    return found;
}

/** The root over the first leaves (RFC 6962, section 2.1). */
export function root(hashes, from = 0, until = hashes.length) {
    if (until - from === 1) return hashes[from];
    let half = 1;
    while (half * 2 < until - from) half *= 2;
    return sha(NODE, root(hashes, from, from + half), root(hashes, from + half, until));
}

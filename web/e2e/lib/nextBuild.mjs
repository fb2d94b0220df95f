// The next version of the server, as it is installed: a copy of the distribution in which every
// hashed file of the web client has another name, as after a change.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { compress } from '../../scripts/compress.mjs';

const DISTRIBUTION = 'app/target/chancery';
const TEXT = /\.(js|css|html|json|webmanifest)$/;
const PACKED = /\.(br|gz)$/;
const HASHED = /-([\w-]{8})\.\w+$/;

/** Makes it in the folder; answers with the command that starts it. */
export function nextBuild(command, folder) {
    if (!command.includes(DISTRIBUTION)) {
        throw new Error(`no ${DISTRIBUTION} in the command, so there is no next version of it`);
    }
    const next = path.join(folder, 'next');
    fs.cpSync(DISTRIBUTION, next, { recursive: true });
    fs.rmSync(path.join(next, 'chancery.aot'), { force: true }); // It is of the jars before.
    const lib = path.join(next, 'lib');
    const name = fs.readdirSync(lib).find((it) => /^chancery-web-.*\.jar$/.test(it));
    rename(path.resolve(lib, name), path.resolve(folder, 'unpacked'));
    return command.replace(DISTRIBUTION, path.resolve(next));
}

function rename(jar, folder) {
    fs.mkdirSync(folder);
    execFileSync('jar', ['--extract', '--file', jar], { cwd: folder });
    const web = path.join(folder, 'META-INF/chancery-web');
    const files = fs.readdirSync(web, { recursive: true }).map((it) => path.join(web, it));
    for (const file of files.filter((it) => PACKED.test(it))) {
        fs.rmSync(file);
    }
    const names = new Map();
    for (const file of fs.readdirSync(path.join(web, 'assets'))) {
        const hash = HASHED.exec(file)?.[1];
        if (hash) {
            const other = createHash('sha256').update(`next ${hash}`).digest('base64url');
            names.set(file, file.replace(hash, other.slice(0, hash.length)));
        }
    }
    for (const file of files.filter((it) => TEXT.test(it))) {
        const before = fs.readFileSync(file, 'utf8');
        const after = [...names].reduce((text, [old, now]) => text.replaceAll(old, now), before);
        fs.writeFileSync(file, after);
    }
    for (const [old, now] of names) {
        fs.renameSync(path.join(web, 'assets', old), path.join(web, 'assets', now));
    }
    fs.rmSync(path.join(web, 'files.json'));
    compress(web);
    fs.rmSync(jar);
    execFileSync('jar', ['--create', '--file', jar, '--no-manifest', '-C', folder, '.']);
}

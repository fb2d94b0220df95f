// Makes the web client, if anything changed: npm ci, words, types, bundle, compressed, in budget.
// The result lies in target/classes, from where Maven packs it.
//
//   node scripts/make.mjs            what the build runs
//   node scripts/make.mjs --install  only the packages
//   node scripts/make.mjs --words    the packages and the words, which tests and types need
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { keepBudgets } from './budgets.mjs';
import { compress } from './compress.mjs';
import { writeNotices } from './notices.mjs';

const WEB = fileURLToPath(new URL('..', import.meta.url));
const OUT = 'target/classes/META-INF/chancery-web';
const STAMP = 'target/made-from';
const PACKAGES = 'node_modules/.made-from';
const MADE = new Set(['target', 'node_modules', 'e2e', 'compiled']);
const NODE_MIN = [20, 19];
const OUTPUT_BYTES_MAX = 16 * 1024 * 1024;

process.chdir(WEB);

function run(command, ...args) {
    console.log(`web: ${command} ${args.join(' ')}`);
    const local = path.join('node_modules', '.bin', command);
    const { status, error, stdout, stderr } = spawnSync(
        fs.existsSync(local) ? local : command,
        args,
        { encoding: 'utf8', maxBuffer: OUTPUT_BYTES_MAX },
    );
    if (error) {
        throw new Error(`cannot run ${command}: ${error.message}`);
    }
    if (status !== 0) {
        throw new Error(`${command} ended with ${status}\n${stdout}\n${stderr}`);
    }
}

function walk(folder) {
    return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        if (MADE.has(entry.name)) {
            return [];
        }
        const file = path.join(folder, entry.name);
        return entry.isDirectory() ? walk(file) : [file];
    });
}

/** What the result depends on: every source, the lock, the quality wished for. */
function fingerprint() {
    const hash = createHash('sha256').update(process.env.CHANCERY_BROTLI ?? '');
    for (const file of walk('.').sort()) {
        hash.update(`${file}\0`).update(fs.readFileSync(file)).update('\0');
    }
    return hash.digest('hex');
}

function stands(file, content) {
    return fs.existsSync(file) && fs.readFileSync(file, 'utf8') === content;
}

function install() {
    const lock = fs.readFileSync('package-lock.json', 'utf8');
    if (!stands(PACKAGES, lock)) {
        run('npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error');
        fs.writeFileSync(PACKAGES, lock);
    }
}

function words() {
    run('lingui', 'extract', '--clean'); // Writes down new words, so that the next line sees them.
    run('lingui', 'compile', '--strict'); // A word without a translation ends the build.
}

function make() {
    fs.mkdirSync('target', { recursive: true });
    fs.rmSync(STAMP, { force: true });
    words();
    run('tsc', '-p', '.');
    run('tsc', '-p', 'src/sw');
    run('vite', 'build', '--logLevel', 'warn');
    fs.renameSync(path.join(OUT, '.vite/manifest.json'), 'target/manifest.json');
    fs.rmdirSync(path.join(OUT, '.vite'));
    run('vite', 'build', '--logLevel', 'warn', '--config', 'vite.sw.config.ts');
    const packages = writeNotices('target/bundled.json', path.join(OUT, 'third-party.txt'));
    const files = compress(OUT);
    const sizes = keepBudgets('target/manifest.json', files, 'budgets.json');
    fs.writeFileSync('target/sizes.json', JSON.stringify(sizes, null, 2));
    console.log(`web: ${Object.keys(files).length} files, ${packages} packages`);
}

function requireNode() {
    const [major, minor] = process.versions.node.split('.').map(Number);
    const [wantMajor, wantMinor] = NODE_MIN;
    if (major < wantMajor || (major === wantMajor && minor < wantMinor)) {
        throw new Error(`needs Node ${NODE_MIN.join('.')} or newer, this is ${process.version}`);
    }
}

try {
    requireNode();
    install();
    if (process.argv.includes('--words')) {
        words();
    } else if (!process.argv.includes('--install')) {
        if (stands(STAMP, fingerprint()) && fs.existsSync(path.join(OUT, 'files.json'))) {
            console.log('web: nothing changed');
        } else {
            make();
            fs.writeFileSync(STAMP, fingerprint());
        }
    }
} catch (fault) {
    console.error(`web: ${fault.message}`);
    process.exit(1);
}

// Holds what is moved to budgets.json, over Vite's manifest: the shell is what index.html needs
// before anybody signs in, the session what the SDK brings, the WASM the crypto engine.
import fs from 'node:fs';

/** All files that a manifest entry brings at once. */
function statics(manifest, key, seen = new Set()) {
    const entry = manifest[key];
    if (!entry || seen.has(key)) {
        return seen;
    }
    seen.add(key);
    for (const next of entry.imports ?? []) {
        statics(manifest, next, seen);
    }
    return seen;
}

function filesOf(manifest, keys) {
    const files = new Set();
    for (const key of keys) {
        const entry = manifest[key];
        files.add(entry.file);
        for (const css of entry.css ?? []) {
            files.add(css);
        }
    }
    return files;
}

/** Everything that the session pulls in dynamically on its way to the first chat. */
function sessionKeys(manifest) {
    const start = Object.keys(manifest).filter((key) => key.endsWith('src/matrix/engine/open.ts'));
    const keys = new Set();
    const visit = (key) => {
        for (const one of statics(manifest, key)) {
            if (keys.has(one)) {
                continue;
            }
            keys.add(one);
            for (const next of manifest[one].dynamicImports ?? []) {
                visit(next);
            }
        }
    };
    start.forEach(visit);
    return keys;
}

export function measure(manifest, files, page = 'index.html') {
    const moved = (file) => files[file].br ?? files[file].bytes;
    const sum = (set) => [...set].reduce((total, file) => total + moved(file), 0);
    const shellKeys = statics(manifest, page);
    const shell = filesOf(manifest, shellKeys);
    shell.add(page);
    const catalogue = Object.keys(manifest).find((key) => key.endsWith('i18n/compiled/en.ts'));
    if (catalogue) {
        shell.add(manifest[catalogue].file); // Exactly one language is fetched.
    }
    const session = filesOf(manifest, sessionKeys(manifest));
    for (const file of shell) {
        session.delete(file);
    }
    const wasm = new Set(Object.keys(files).filter((file) => file.endsWith('.wasm')));
    const result = { shell: sum(shell), session: sum(session), wasm: sum(wasm) };
    return { ...result, firstVisit: result.shell + result.session + result.wasm };
}

export function keepBudgets(manifestFile, files, budgetsFile) {
    const manifest = JSON.parse(fs.readFileSync(manifestFile, 'utf8'));
    const budgets = JSON.parse(fs.readFileSync(budgetsFile, 'utf8'));
    const sizes = measure(manifest, files);
    const over = Object.keys(sizes).filter((name) => sizes[name] > budgets[name]);
    for (const [name, size] of Object.entries(sizes)) {
        const share = Math.round((100 * size) / budgets[name]);
        console.log(`  ${name.padEnd(12)} ${size} of ${budgets[name]} bytes (${share} %)`);
    }
    if (over.length > 0) {
        throw new Error(`over budget: ${over.join(', ')}`);
    }
    return sizes;
}

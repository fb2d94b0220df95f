// Holds what is moved to budgets.json, over Vite's manifest: the shell is what index.html needs
// before anybody signs in, the messenger what shows the chats, the session what the SDK brings, the
// WASM the crypto engine.
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

/** What an entry brings at once and by and by, without what is there already. */
function withDynamic(manifest, key, there) {
    const keys = new Set();
    const visit = (at) => {
        for (const one of statics(manifest, at)) {
            if (!keys.has(one) && !there.has(one)) {
                keys.add(one);
                (manifest[one].dynamicImports ?? []).forEach(visit);
            }
        }
    };
    visit(key);
    return keys;
}

function only(keys, there) {
    return new Set([...keys].filter((key) => !there.has(key)));
}

export function measure(manifest, files, page = 'index.html') {
    const moved = (names) =>
        [...names].reduce((sum, name) => sum + (files[name].br ?? files[name].bytes), 0);
    const find = (end) => Object.keys(manifest).find((key) => key.endsWith(end)) ?? end;
    const shellKeys = statics(manifest, page);
    // Exactly one language is fetched.
    const shell = filesOf(manifest, [...shellKeys, find('i18n/compiled/en.ts')]).add(page);
    const messengerKeys = only(statics(manifest, find('src/app/Frame.tsx')), shellKeys);
    const sessionKeys = withDynamic(manifest, find('src/matrix/engine/open.ts'), shellKeys);
    const wasm = Object.keys(files).filter((file) => file.endsWith('.wasm'));
    const sizes = {
        shell: moved(shell),
        messenger: moved(filesOf(manifest, messengerKeys)),
        session: moved(filesOf(manifest, sessionKeys)),
        wasm: moved(wasm),
    };
    const firstVisit = Object.values(sizes).reduce((sum, size) => sum + size, 0);
    return { ...sizes, firstVisit };
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

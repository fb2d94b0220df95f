// Which packages really are in the bundle: what the notices and the licence gate go by.
import fs from 'node:fs';
import path from 'node:path';

const IN_PACKAGE = /^(.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+))[\\/]/;

/** A Vite plugin that writes the folders of all packages of which a module is in the output. */
export function bundledPackages(file) {
    const folders = new Set();
    return {
        name: 'bundled-packages',
        apply: 'build',
        generateBundle(_, bundle) {
            for (const chunk of Object.values(bundle)) {
                for (const id of Object.keys(chunk.modules ?? {})) {
                    const found = IN_PACKAGE.exec(id.replace(/^\0/, '').split('?')[0]);
                    if (found) {
                        folders.add(path.relative(process.cwd(), found[1]));
                    }
                }
                for (const original of chunk.originalFileNames ?? []) {
                    const found = IN_PACKAGE.exec(path.resolve(original));
                    if (found) {
                        folders.add(path.relative(process.cwd(), found[1]));
                    }
                }
            }
        },
        closeBundle() {
            fs.mkdirSync(path.dirname(file), { recursive: true });
            fs.writeFileSync(file, JSON.stringify([...folders].sort(), null, 2));
        },
    };
}

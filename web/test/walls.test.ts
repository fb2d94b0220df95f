// Which part may import which. The words of the plan: only src/matrix speaks with the SDK, features
// know each other by their doors only, and what stands below knows nothing of what stands above.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = path.resolve(import.meta.dirname, '../src');
const IMPORT = /(?:from\s+|import\s*\(\s*|import\s+)'([^']+)'/g;

interface Import {
    readonly from: string;
    readonly to: string;
}

function sources(folder: string): string[] {
    return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        const file = path.join(folder, entry.name);
        if (entry.isDirectory()) {
            return entry.name === 'compiled' ? [] : sources(file);
        }
        return /\.tsx?$/.test(entry.name) ? [file] : [];
    });
}

/** Every import; own files as paths below src, packages by their names. */
const imports: Import[] = sources(SRC).flatMap((file) => {
    const text = fs.readFileSync(file, 'utf8');
    return [...text.matchAll(IMPORT)].map(([, to = '']) => ({
        from: path.relative(SRC, file),
        to: to.startsWith('.') ? path.relative(SRC, path.resolve(path.dirname(file), to)) : to,
    }));
});

/** `features/chats` for features, else the first folder. */
function part(file: string): string {
    const [first = '', second = ''] = file.split('/');
    return first === 'features' ? `${first}/${second}` : first;
}

function isOwn(to: string): boolean {
    return fs.existsSync(path.join(SRC, part(to)));
}

const MAY: Record<string, readonly string[]> = {
    keep: [],
    i18n: ['keep'],
    matrix: ['keep'],
    ui: ['i18n', 'matrix', 'keep'],
    sw: ['keep'],
};

describe('the walls', () => {
    it('are looked at', () => {
        expect(imports.length).toBeGreaterThan(200);
    });

    it('let only src/matrix speak with the SDK', () => {
        const wrong = imports.filter(
            ({ from, to }) => /^(matrix-js-sdk|@matrix-org\/)/.test(to) && part(from) !== 'matrix',
        );

        expect(wrong).toEqual([]);
    });

    it('let everybody else in by the door of matrix, or for its types', () => {
        const doors = ['matrix/index.ts', 'matrix/types.ts'];
        const wrong = imports.filter(
            ({ from, to }) =>
                part(to) === 'matrix' &&
                isOwn(to) &&
                part(from) !== 'matrix' &&
                !doors.includes(to),
        );

        expect(wrong).toEqual([]);
    });

    it('let features in by their doors only', () => {
        const wrong = imports.filter(
            ({ from, to }) =>
                part(to).startsWith('features/') &&
                part(from) !== part(to) &&
                to !== `${part(to)}/index.ts`,
        );

        expect(wrong).toEqual([]);
    });

    it('keep what is below from knowing what is above', () => {
        const wrong = imports.filter(({ from, to }) => {
            const may = MAY[part(from)];
            return may && isOwn(to) && part(to) !== part(from) && !may.includes(part(to));
        });

        expect(wrong).toEqual([]);
    });

    it('keep the page from the SDK until somebody signs in', () => {
        const wrong = imports.filter(
            ({ from, to }) => to.startsWith('matrix/engine/') && !from.startsWith('matrix/engine/'),
        );

        // By import() only, which the session does.
        expect(wrong).toEqual([{ from: 'matrix/session.ts', to: 'matrix/engine/open.ts' }]);
        const session = fs.readFileSync(path.join(SRC, 'matrix/session.ts'), 'utf8');
        expect(session).toContain("await import('./engine/open.ts')");
    });
});

describe('the files', () => {
    it('have at most 700 lines of code', () => {
        const long = sources(SRC).filter(
            (file) => fs.readFileSync(file, 'utf8').split('\n').length > 700,
        );

        expect(long).toEqual([]);
    });
});

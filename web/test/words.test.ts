// The catalogues of the features are compiled into one: a sentence that stands in two of them must be
// said alike, or have a context that tells the two apart.
import fs from 'node:fs';
import path from 'node:path';
import { formatter } from '@lingui/format-po';
import { describe, expect, it } from 'vitest';

const SRC = path.resolve(import.meta.dirname, '../src');
const PO = /locales\/(\w+)\.po$/;

function catalogues(): string[] {
    return fs
        .readdirSync(SRC, { recursive: true, encoding: 'utf8' })
        .filter((file) => PO.test(file));
}

describe('the words', () => {
    it('are said alike wherever they stand', async () => {
        const po = formatter();
        const said = new Map<string, Map<string, string[]>>();
        for (const file of catalogues()) {
            const language = PO.exec(file)?.[1] ?? '';
            const content = fs.readFileSync(path.join(SRC, file), 'utf8');
            const words = await po.parse(content, {
                locale: language,
                sourceLocale: 'en',
                filename: file,
            });
            for (const { message, translation, context } of Object.values(words)) {
                const key = [language, context, message].join(' | ');
                const ways = said.get(key) ?? new Map<string, string[]>();
                ways.set(translation ?? '', [...(ways.get(translation ?? '') ?? []), file]);
                said.set(key, ways);
            }
        }

        const twice = [...said].filter(([, ways]) => ways.size > 1);

        expect(said.size).toBeGreaterThan(1_000);
        expect(twice.map(([key, ways]) => [key, Object.fromEntries(ways)])).toEqual([]);
    });
});

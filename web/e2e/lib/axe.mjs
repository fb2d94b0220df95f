// axe on the page as it stands. The script is run by the driver, outside of the page's policy.
import fs from 'node:fs';
import { createRequire } from 'node:module';

const SOURCE = fs.readFileSync(
    createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
    'utf8',
);
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Throws with what axe has found, a line per rule. */
export async function requireAccessible(page, where) {
    if (!(await page.evaluate(() => 'axe' in globalThis))) {
        await page.evaluate(SOURCE);
    }
    const found = await page.evaluate(async (tags) => {
        const { violations } = await globalThis.axe.run(document, {
            runOnly: { type: 'tag', values: tags },
        });
        // What floats above the page belongs to none of its regions: a tip, an open menu.
        const floats = ({ target }) =>
            document.querySelector(String(target[0]))?.closest('[data-overlay-container]');
        return violations
            .map(({ id, nodes }) => ({
                id,
                nodes: nodes
                    .filter((node) => id !== 'region' || !floats(node))
                    .map((node) => node.html.slice(0, 160)),
            }))
            .filter(({ nodes }) => nodes.length > 0)
            .map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 3) }));
    }, TAGS);
    if (found.length > 0) {
        const lines = found.map(({ id, nodes }) => `${id}:\n  ${nodes.join('\n  ')}`);
        throw new Error(`axe on ${where}:\n${lines.join('\n')}`);
    }
}

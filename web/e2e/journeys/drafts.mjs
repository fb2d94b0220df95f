// What is being written is not lost.
import assert from 'node:assert/strict';
import { talking } from './outbox.mjs';

export const short = false;
export const about = 'a draft survives a reload, shows in the list, and lies sealed on the disk';

export async function play(world) {
    const { mara } = await talking(world);
    await mara.fill(mara.composer, 'Half a thought about the budget');
    await mara.page.getByRole('link', { name: 'Starred' }).click();
    await mara.page.getByRole('link', { name: 'Chats' }).click();
    await mara.page.getByText('Draft:').waitFor();

    await mara.page.reload();
    await mara.home();
    await mara.openChat('Ruth Adeyemi');
    await mara.composer.waitFor();
    await mara.page.waitForFunction(
        () => document.querySelector('.composer textarea')?.value !== '',
    );
    assert.equal(await mara.composer.inputValue(), 'Half a thought about the budget');

    const kept = await mara.page.evaluate(
        () =>
            new Promise((resolve, reject) => {
                const open = indexedDB.open('chancery');
                open.onerror = () => reject(open.error);
                open.onsuccess = () => {
                    const all = open.result.transaction('kept').objectStore('kept').getAll();
                    all.onsuccess = () => {
                        const text = new TextDecoder('latin1');
                        const read = (it) => (it?.bytes ? text.decode(it.bytes) : String(it));
                        resolve(all.result.map(read).join('\n'));
                    };
                };
            }),
    );
    assert.ok(!kept.includes('budget'), 'the draft is sealed');
}

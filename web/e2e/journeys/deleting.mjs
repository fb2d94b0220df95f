// Deleting, for oneself and for everyone, and thinking better of it.
import assert from 'node:assert/strict';
import { talking } from './outbox.mjs';

const UNDO_MS = 10_000;

export const short = false;
export const about = 'delete for everyone and for oneself, each with ten seconds to undo it';

export async function play(world) {
    const { ruth, mara } = await talking(world);
    await mara.say('A slip of the pen');
    await ruth.reads('A slip of the pen');

    await mara.act('A slip of the pen', 'Delete for everyone');
    await mara.sees('Being deleted');
    await mara.click('Undo');
    await mara.reads('A slip of the pen');
    await ruth.reads('A slip of the pen');

    await mara.page.clock.install(); // Her page's time goes on, and can be put forward.
    await mara.act('A slip of the pen', 'Delete for everyone');
    await mara.page.locator('.toast').hover();
    await mara.page.clock.fastForward(UNDO_MS + 2_000);
    await mara.sees('Being deleted');
    assert.equal(await ruth.page.getByText('This message was deleted').count(), 0, 'it is held');
    await mara.page.mouse.move(5, 5);
    await ruth.sees('This message was deleted');

    await ruth.act('Hello Ruth', 'Delete for me');
    await ruth.message('Hello Ruth').waitFor({ state: 'detached' });
    await ruth.click('Undo');
    await ruth.reads('Hello Ruth');
    await mara.reads('Hello Ruth');
}

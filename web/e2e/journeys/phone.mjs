// A phone: 390 px wide, a finger, no keys.
import assert from 'node:assert/strict';
import { talking } from './outbox.mjs';

export const short = false;
export const about = 'on a phone one replies by pulling, reacts by resting, and edits by the menu';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

export async function play(world) {
    const { ruth, mara } = await talking(world, PHONE);
    const { page } = mara;
    await ruth.say('Is the depot open?');
    await mara.reads('Is the depot open?');

    // Pulled to the side: a reply.
    await pull(page, mara.message('Is the depot open?'));
    await page.locator('.above-bar').getByText('depot').waitFor();
    await page.keyboard.type('It is open');
    await page.getByRole('button', { name: 'Send', exact: true }).tap();
    await ruth.message('It is open').locator('.quote', { hasText: 'depot' }).waitFor();

    // Rested upon: the menu, and a reaction.
    await rest(page, mara.message('Is the depot open?'));
    await page.getByRole('menuitem', { name: 'React' }).tap();
    await page.getByRole('dialog', { name: 'React' }).getByRole('button').first().tap();
    await ruth.message('Is the depot open?').getByRole('button', { name: '👍, 1' }).waitFor();

    await mara.message('It is open').locator('[data-state="sent"]').waitFor();
    await rest(page, mara.message('It is open'));
    await page.getByRole('menuitem', { name: 'Change' }).tap();
    await page.getByRole('button', { name: 'Save the change' }).waitFor();
    await mara.composer.fill('It is open until noon');
    await page.getByRole('button', { name: 'Save the change' }).tap();
    await ruth.reads('It is open until noon');

    // One thing at a time: the chat, or the list, and the way between them.
    const list = page.getByRole('region', { name: 'Chats', exact: true });
    assert.equal(await list.isVisible(), false);
    await page.getByRole('link', { name: 'Back to chats' }).tap();
    await list.waitFor();
    assert.equal(await mara.composer.isVisible(), false);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(wide, PHONE.viewport.width);
}

async function middleOf(target) {
    const { x, y, width, height } = await target.locator('.bubble').boundingBox();
    return { x: x + width / 2, y: y + height / 2 };
}

async function finger(page) {
    const session = await page.context().newCDPSession(page);
    return (type, ...touchPoints) =>
        session.send('Input.dispatchTouchEvent', { type, touchPoints });
}

async function pull(page, target) {
    const { x, y } = await middleOf(target);
    const touch = await finger(page);
    await touch('touchStart', { x, y });
    for (let moved = 10; moved <= 90; moved += 10) {
        await touch('touchMove', { x: x + moved, y });
    }
    await touch('touchEnd');
}

async function rest(page, target) {
    const { x, y } = await middleOf(target);
    const touch = await finger(page);
    await touch('touchStart', { x, y });
    await page.getByRole('menu').waitFor();
    await touch('touchEnd');
}

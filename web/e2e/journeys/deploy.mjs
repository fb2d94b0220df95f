// A new version of the server while a page is open: the parts that the page asks for later have
// other names by then.
import assert from 'node:assert/strict';
import { talking } from './outbox.mjs';

export const short = false;
export const about = 'a page of the version before loads itself anew, and keeps what was typed';

const TYPED = 'Half a thought about the new version';

export async function play(world) {
    const { mara } = await talking(world);
    const context = mara.page.context();
    let asked = 0;
    await context.route(/\/assets\/Settings-[^/]*\.js$/, (route) => {
        asked++;
        return route.fulfill({ status: 404, body: '' });
    });
    await mara.fill(mara.composer, TYPED);
    const loaded = mara.page.waitForEvent('load');
    await mara.click(mara.page.getByRole('link', { name: 'Settings' }));
    await loaded;
    assert.equal(asked, 1, 'the part that is gone was asked for');
    await context.unrouteAll();

    // The page that was chosen opens, without a second click; the text is where it was.
    await mara.page.reload();
    await mara.seesHeading('Settings');
    await mara.click(mara.page.getByRole('link', { name: 'Chats' }));
    await mara.openChat('Ruth Adeyemi');
    await mara.composer.waitFor();
    await mara.page.waitForFunction(
        () => document.querySelector('.composer textarea')?.value !== '',
    );
    assert.equal(await mara.composer.inputValue(), TYPED);
}

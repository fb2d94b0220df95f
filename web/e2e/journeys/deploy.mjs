// New versions of the server while a page is open: the parts that the page asks for later have other
// names by then. Two are installed, one after the other.
import assert from 'node:assert/strict';
import path from 'node:path';
import { Server } from '../../../e2e/lib/server.mjs';
import { nextBuild } from '../lib/nextBuild.mjs';
import { talking } from './outbox.mjs';

export const short = false;
export const about = 'a page of the version before loads itself anew: text, change and files stay';

const TYPED = 'Half a thought about the new version';
const CHANGED = 'Hello Ruth, and a change that';
const CAPTION = 'The plan of the harbour';

export async function play(world) {
    const { mara, ruth } = await talking(world);
    const older = world.command;
    const newer = nextBuild(older, world.folder);

    // What is written anew, and on top of it a change of what was said before.
    await mara.fill(mara.composer, TYPED);
    await mara.act('Hello Ruth', 'Change');
    await mara.fill(mara.composer, CHANGED);
    await deploy(world, newer);
    const loaded = mara.page.waitForEvent('load');
    await mara.click(mara.page.getByRole('link', { name: 'Settings' }));
    await loaded;

    // The page that was chosen opens, without a second click; all is where it was.
    await mara.seesHeading('Settings');
    await mara.click(mara.page.getByRole('link', { name: 'Chats' }));
    await mara.openChat('Ruth Adeyemi');
    await mara.sees('Change your message');
    assert.equal(await mara.composer.inputValue(), CHANGED);
    await mara.fill(mara.composer, `${CHANGED} was not lost`);
    await mara.click('Save the change');
    await ruth.reads(`${CHANGED} was not lost`);
    assert.equal(await mara.composer.inputValue(), TYPED);

    // Chosen files with their captions.
    await mara.page.getByTestId('file-input').setInputFiles([
        { name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('quay, quay, crane') },
        { name: 'list.txt', mimeType: 'text/plain', buffer: Buffer.from('one, two') },
    ]);
    await mara.fill('Caption of plan.txt', CAPTION);
    await deploy(world, older);
    const again = mara.page.waitForEvent('load');
    // The dialog lies over all links, so the address leads to a part that is not there any more.
    await mara.page.evaluate(() => {
        sessionStorage.removeItem('chancery.reloaded'); // More than a minute later, as it were.
        location.hash += '/panel/info';
    });
    await again;
    await mara.page.getByLabel('Caption of list.txt').waitFor();
    assert.equal(await mara.page.getByLabel('Caption of plan.txt').inputValue(), CAPTION);
    await mara.click('Send 2 files');
    await ruth.reads(CAPTION);
    await ruth.reads('list.txt');
    assert.equal(await mara.composer.inputValue(), TYPED);
}

/** Installs a version: the same data, another distribution. */
async function deploy(world, command) {
    const { port, data } = world.server;
    await world.server.stop();
    const log = path.join(world.folder, 'server.log');
    world.server = new Server({ command, data, port, log });
    await world.server.start();
}

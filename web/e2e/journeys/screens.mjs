// The screens of the chats.
import { photo } from '../lib/photo.mjs';
import { Screens, speakBySetting, to } from '../lib/screens.mjs';
import { talking } from './outbox.mjs';

export const short = false;
export const withinMs = 900_000;
export const about = 'axe finds nothing on the screens of the chats, in all languages and themes';

export async function play(world) {
    const screens = new Screens(world);
    const { ruth, mara } = await talking(world);
    const omar = await world.invited(ruth, 'Omar Haddad');
    await omar.keepCode();
    await omar.home();
    await screens.inAllLanguages(omar.page, empty, speakBySetting);
    const group = await furnish(ruth, mara);
    const chat = await chatOf(ruth, 'Mara Jansen');
    await omar.page.goto(`${world.url}/#/chat/${group}`);
    await omar.page.locator('.empty .btn-main').waitFor();
    await screens.inAllLanguages(ruth.page, inTheChats(chat, group), speakBySetting);
    await screens.inAllLanguages(omar.page, asInvited(group), speakBySetting);
    screens.requireNone();
}

const empty = {
    'no-chats': { open: (page) => place(page, '#/chats', '.list') },
    'join-nothing': { open: (page) => place(page, '#/join/x', '.room .empty h2') },
};

/** Messages of all kinds, and a group. */
async function furnish(ruth, mara) {
    const bridge = await photo(mara.page, 'nothing');
    await mara.page.getByTestId('file-input').setInputFiles([
        { name: 'bridge.jpg', mimeType: 'image/jpeg', buffer: bridge },
        { name: 'routes.txt', mimeType: 'text/plain', buffer: Buffer.from('Route 12') },
    ]);
    await mara.fill('Caption of bridge.jpg', 'Mill Bridge, closed until noon');
    await mara.click('Send 2 files');
    await mara.say('- ring road\n- *both* bridges, see https://roads.example/bridges');
    await ruth.message('ring road').waitFor();
    await ruth.press('ring road', 'r');
    await ruth.page.keyboard.type('Thank you. I tell the bus company.');
    await ruth.page.keyboard.press('Enter');
    await mara.reads('bus company');
    await mara.press('bus company', 'e');
    await mara.page.getByRole('dialog', { name: 'React' }).getByRole('button').first().click();
    await ruth.message('bus company').getByRole('button', { name: '👍, 1' }).waitFor();
    await ruth.act('bus company', 'Change');
    await ruth.fill(ruth.composer, 'Thank you. I tell the bus company at noon.');
    await ruth.page.keyboard.press('Enter');
    await ruth.act('ring road', 'Star');

    await ruth.click(ruth.page.getByRole('button', { name: 'New chat' }).first());
    const dialog = ruth.page.getByRole('dialog', { name: 'New chat' });
    for (const name of ['Mara', 'Omar']) {
        await ruth.fill('With whom?', name);
        await ruth.click(dialog.getByRole('button', { name: new RegExp(`^${name} `) }).first());
    }
    await ruth.fill('Name', 'Winter road team');
    await ruth.click('Make the group');
    await ruth.say('Minus four tonight');
    await mara.accept('Winter road team');
    await mara.reads('Minus four tonight');
    return encodeURIComponent(await chatOf(ruth, 'Winter road team'));
}

async function chatOf(person, name) {
    const list = person.page.getByRole('region', { name: 'Chats', exact: true });
    const title = person.page.locator('.name', { hasText: new RegExp(`^${name}$`) });
    return await list.locator('[data-chat]').filter({ has: title }).getAttribute('data-chat');
}

function inTheChats(direct, group) {
    const chat = `#/chat/${encodeURIComponent(direct)}`;
    const panel = (name, ready, of = chat) => ({
        open: (page) => place(page, `${of}/panel/${name}`, ready),
    });
    return {
        chats: { open: (page) => place(page, '#/chats', '.room .empty') },
        'new-chat': {
            open: async (page) => {
                await page.locator('.list-head .icon-btn.solid').click();
                await page.locator('[role=dialog] input').first().fill('Mara');
                await page.locator('[role=dialog] button', { hasText: 'Mara' }).first().waitFor();
            },
            close: (page) => shut(page, '[role=dialog]'),
        },
        'search-results': {
            open: async (page) => {
                await page.locator('.list input[type=search]').fill('bridges');
                await page.locator('.found a').first().waitFor();
            },
            close: (page) => page.locator('.list input[type=search]').fill(''),
        },
        chat: { open: (page) => place(page, chat, '.msg img.pic') },
        'message-menu': {
            open: async (page) => {
                await page.locator('.msg.own').last().focus();
                await page.keyboard.press('Enter');
                await page.getByRole('menu').waitFor();
            },
            close: (page) => shut(page, '[role=menu]'),
        },
        'message-details': byMenu('info'),
        forward: byMenu('forward'),
        react: byMenu('react'),
        wordings: {
            open: async (page) => {
                await page.locator('.edited-btn').last().click();
                await page.getByRole('dialog').waitFor();
            },
            close: (page) => shut(page, '[role=dialog]'),
        },
        emoji: {
            open: async (page) => {
                await page.locator('.composer .box button').click();
                await page.locator('.emoji-dialog .emoji-btn').nth(20).waitFor();
            },
            close: (page) => shut(page, '.emoji-dialog'),
        },
        files: {
            open: async (page) => {
                const file = {
                    name: 'plan.txt',
                    mimeType: 'text/plain',
                    buffer: Buffer.from('12'),
                };
                await page.getByTestId('file-input').setInputFiles([file]);
                await page.getByRole('dialog').waitFor();
            },
            close: (page) => shut(page, '[role=dialog]'),
        },
        viewer: {
            open: async (page) => {
                await page.locator('.msg img.pic').first().click();
                await page.locator('.viewer img').waitFor();
            },
            close: (page) => shut(page, '.viewer'),
        },
        'chat-details': panel('info', '.panel .about-head'),
        'who-can-read': panel('who', '.panel .answer, .panel .door'),
        gallery: panel('media', '.panel .gallery-tile'),
        find: {
            open: async (page) => {
                await place(page, `${chat}/panel/find`, '.panel input');
                await page.locator('.panel input').fill('bridges');
                await page.locator('.panel mark').first().waitFor();
            },
        },
        'group-details': panel('info', '.panel .about-head', `#/chat/${group}`),
        people: { open: (page) => place(page, '#/people', '.list') },
        starred: { open: (page) => place(page, '#/starred', '.list') },
        archived: { open: (page) => place(page, '#/archived', '.list') },
        shortcuts: {
            open: async (page) => {
                await page.locator('.rail a').first().focus();
                await page.keyboard.press('Shift+?');
                await page.getByRole('dialog').waitFor();
            },
            close: (page) => shut(page, '[role=dialog]'),
        },
    };
}

function asInvited(group) {
    return {
        invitation: { open: (page) => place(page, `#/chat/${group}`, '.empty .btn-main') },
        join: { open: (page) => place(page, `#/join/${group}`, '.room .empty') },
    };
}

/** A dialog that the menu of a message opens. */
function byMenu(key) {
    return {
        open: async (page) => {
            await page.locator('.msg.own').last().focus();
            await page.keyboard.press('Enter');
            await page.locator(`[role=menu] [data-key="${key}"]`).click();
            await page.getByRole('dialog').waitFor();
        },
        close: (page) => shut(page, '[role=dialog]'),
    };
}

async function place(page, hash, ready) {
    await to(page, hash);
    await page.locator(ready).first().waitFor();
}

async function shut(page, what) {
    await page.keyboard.press('Escape');
    await page.locator(what).waitFor({ state: 'detached' });
}

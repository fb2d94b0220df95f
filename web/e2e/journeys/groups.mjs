// A group, and order in the list of chats.
import { talking } from './outbox.mjs';

export const short = false;
export const about =
    'make a group, add somebody, and pin, mute, archive and mark chats in the list';

export async function play(world) {
    const { ruth, mara } = await talking(world);
    const omar = await world.invited(ruth, 'Omar Haddad');
    await omar.keepCode();
    await omar.home();

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
    await omar.accept('Winter road team');
    await omar.say('I take the ring road');
    await ruth.reads('I take the ring road');
    await mara.reads('I take the ring road');

    const list = ruth.page.getByRole('region', { name: 'Chats', exact: true });
    const row = list.getByRole('link', { name: /Mara Jansen/ });
    const choose = async (what) => {
        await row.click({ button: 'right' });
        await ruth.page.getByRole('menuitem', { name: what }).click();
    };
    await choose('Mark as unread');
    await ruth.click(list.getByRole('button', { name: /^Unread/ }));
    await row.waitFor();
    await ruth.click(list.getByRole('button', { name: 'All' }));
    await choose('Mark as read');
    await choose('Pin to the top');
    await list.getByRole('heading', { name: 'Pinned' }).waitFor();
    await choose('Mute');
    await ruth.page.getByRole('menuitem', { name: 'For 8 hours' }).click();
    await row.getByText('Muted').waitFor();
    await choose('Archive');
    await row.waitFor({ state: 'detached' });
    await ruth.page.getByRole('link', { name: 'Archived' }).click();
    await row.waitFor();
}

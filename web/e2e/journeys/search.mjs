// The local search: encrypted messages and file names, in all chats and in one, also after a reload.
import assert from 'node:assert/strict';

export const short = true;
export const about = 'encrypted messages are found by their words, before and after a reload';

const WAIT_MS = 30_000;

export async function play(world) {
    const ruth = await world.administrator();
    await ruth.keepCode();
    await ruth.home();
    const mara = await world.invited(ruth, 'Mara Jansen');
    await mara.keepCode();
    await mara.home();
    await mara.startChatWith('Ruth Adeyemi');
    await mara.say('Éclairage of the Harbour Quay, berth 2');
    await mara.say('Something else');
    await ruth.accept('Mara Jansen');
    await ruth.reads('Something else');

    for (const person of [mara, ruth]) {
        await finds(person, 'eclairage berth', 'Éclairage of the Harbour Quay');
    }
    await mara.page.reload();
    await mara.home();
    await finds(mara, 'harb', 'Éclairage of the Harbour Quay');

    // To the place of the message, and what is gone is not found.
    await mara.click(mara.page.locator('.found a').first());
    await mara.reads('Éclairage of the Harbour Quay');
    await mara.fill(field(mara), 'nobody wrote this');
    await mara.sees('No message has these words.');

    // In the one chat.
    await mara.openPanel('find');
    await mara.page.locator('.panel input').fill('berth');
    await mara.page.locator('.panel mark').first().waitFor({ timeout: WAIT_MS });
    assert.equal(await mara.page.locator('.panel mark').first().innerText(), 'berth');
}

function field(person) {
    return person.page.getByLabel('Search chats, people and messages');
}

async function finds(person, words, text) {
    await person.fill(field(person), words);
    await person.page
        .locator('.found a')
        .filter({ hasText: text })
        .first()
        .waitFor({ timeout: WAIT_MS });
}

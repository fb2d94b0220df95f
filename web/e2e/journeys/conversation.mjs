// What one does in a chat all day: marks, replies, reactions, changes, mentions, ticks.
import { talking } from './outbox.mjs';

export const short = true;
export const about = 'write, answer, react, change, mention, and see that it was read';

export async function play(world) {
    const { ruth, mara } = await talking(world);

    await mara.say('The *depot* is open');
    await ruth.message('The depot is open').locator('strong', { hasText: 'depot' }).waitFor();
    await mara.page.locator('.msg.own .tick.read').last().waitFor();

    await ruth.press('The depot is open', 'r');
    await ruth.page.keyboard.type('I am on my way');
    await ruth.page.keyboard.press('Enter');
    await mara.message('I am on my way').locator('.quote', { hasText: 'depot' }).waitFor();

    await mara.press('I am on my way', 'e');
    await mara.page.getByRole('dialog', { name: 'React' }).getByRole('button').first().click();
    await ruth.message('I am on my way').getByRole('button', { name: '👍, 1' }).waitFor();

    await ruth.composer.focus();
    await ruth.page.keyboard.press('ArrowUp');
    await ruth.button('Save the change').waitFor();
    await ruth.fill(ruth.composer, 'I am at the gate');
    await ruth.page.keyboard.press('Enter');
    await mara.message('I am at the gate').getByRole('button', { name: 'edited' }).click();
    const before = mara.page.getByRole('dialog', { name: 'What it said before' });
    await before.getByText('I am on my way').waitFor();
    await mara.page.keyboard.press('Escape');

    await mara.composer.focus();
    await mara.page.keyboard.type('@Ru');
    await mara.page.getByRole('option', { name: 'Ruth Adeyemi' }).waitFor();
    await mara.page.keyboard.press('Enter');
    await mara.page.keyboard.type('come in');
    await mara.page.keyboard.press('Enter');
    await ruth.page.locator('.mention.me', { hasText: 'Ruth Adeyemi' }).waitFor();

    await mara.composer.pressSequentially('and');
    await ruth.page.locator('.room').getByText('Mara Jansen is typing').first().waitFor();
}

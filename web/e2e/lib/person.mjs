// One person before one screen. Clicks and fields are counted, since some journeys may only take so
// many of them.
const READY_MS = 60_000;

export class Person {
    steps = 0;

    constructor(world, name, page, { hasTouch = false } = {}) {
        this.world = world;
        this.name = name;
        this.page = page;
        this.hasTouch = hasTouch;
    }

    /** As the form suggests it. */
    get userName() {
        return this.name.toLowerCase().replace(/\s+/g, '.');
    }

    button(name, exact = true) {
        return this.page.getByRole('button', { name, exact });
    }

    async click(target) {
        this.steps++;
        await (typeof target === 'string' ? this.button(target) : target).click();
    }

    async fill(target, text) {
        this.steps++;
        const field =
            typeof target === 'string' ? this.page.getByLabel(target, { exact: true }) : target;
        await field.fill(text);
    }

    async fillAccount(act) {
        await this.fill('Your name', this.name);
        await this.fill('Choose a password', this.world.password);
        await this.click(act);
    }

    async signIn(password = this.world.password) {
        await this.page.goto(`${this.world.url}/`);
        await this.fill('Address or user name', this.userName);
        await this.fill('Password', password);
        await this.click('Sign in');
    }

    /** Takes the recovery code as it is offered; answers with it. */
    async keepCode() {
        await this.sees('One code, for one bad day');
        const label = await this.page.locator('.code').getAttribute('aria-label');
        await this.click('I have kept it');
        return label.replace(/^[^:]*:\s*/, '').replaceAll(',', '');
    }

    /** The list of chats stands. */
    async home() {
        await this.page.getByRole('region', { name: 'Chats', exact: true }).waitFor({
            timeout: READY_MS,
        });
    }

    async sees(text) {
        await this.page.getByText(text).first().waitFor({ timeout: READY_MS });
    }

    async seesHeading(name) {
        await this.page.getByRole('heading', { name }).first().waitFor({ timeout: READY_MS });
    }

    async startChatWith(name) {
        await this.click(this.page.getByRole('button', { name: 'New chat' }).first());
        await this.fill('With whom?', name);
        await this.click(this.page.getByRole('dialog').getByRole('button', { name }).first());
        await this.click('Start the chat');
        await this.composer.waitFor({ timeout: READY_MS });
    }

    get composer() {
        return this.page.getByRole('textbox', { name: /^Message/ });
    }

    /** With a finger Enter is a new line, and the button sends. */
    async say(text) {
        await this.fill(this.composer, text);
        this.steps++;
        if (this.hasTouch) await this.button('Send').tap();
        else await this.page.keyboard.press('Enter');
    }

    /** A message in the open conversation. */
    message(text) {
        return this.page.locator('[data-message]').filter({ hasText: text }).last();
    }

    /** Presses a key on a message. */
    async press(text, key) {
        this.steps++;
        await this.message(text).focus();
        await this.page.keyboard.press(key);
    }

    /** Chooses an act of the menu of a message. */
    async act(text, what) {
        await this.message(text).locator('[data-state="sent"], .meta time').first().waitFor();
        await this.press(text, 'Enter');
        await this.click(this.page.getByRole('menuitem', { name: what, exact: true }));
    }

    async reads(text) {
        await this.message(text).waitFor({ timeout: READY_MS });
    }

    async openChat(name) {
        const list = this.page.getByRole('region', { name: 'Chats', exact: true });
        await this.click(list.getByRole('link', { name }).first());
    }

    /** What stands beside the open chat. */
    async openPanel(name) {
        const chat = new URL(this.page.url()).hash.split('/')[2];
        await this.page.goto(`${this.world.url}/#/chat/${chat}/panel/${name}`);
        await this.page.locator('.panel').waitFor({ timeout: READY_MS });
    }

    async accept(name) {
        await this.openChat(name);
        await this.click('Accept');
    }
}

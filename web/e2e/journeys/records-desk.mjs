// The records desk on a real server with a stock of a real ceremony: a conversation that is kept, a
// case asked for by one person and approved by another who administers nothing, and its dossier.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Custody, giveStock } from '../../../e2e/lib/custody.mjs';
import { ask } from '../../../e2e/lib/http.mjs';
import { Screens, speakByButton, to } from '../lib/screens.mjs';

export const withinMs = 900_000;
export const about =
    'a stock, a kept conversation, a case signed by two and its dossier, as the desk sees them';

const READY_MS = 60_000;

export async function play(world) {
    const ruth = await world.administrator();
    await ruth.keepCode();
    await ruth.home();
    const anton = await world.invited(ruth, 'Anton Vos');
    await anton.keepCode();
    await anton.home();
    const token = await world.tokenOf(ruth);
    const custody = new Custody(path.join(world.folder, 'custody'));
    await custody.makeStock('localhost', 12);
    const { log } = await ask('GET', `${world.url}/_chancery/health`);
    const policy = `log ${log.key}\nquorum none\n`;
    await giveStock(custody, { url: world.url, token, policy, counting: ['Ada', 'Dan'] });
    await ask('POST', `${world.url}/_matrix/client/v3/createRoom`, { token, json: RECORD });
    await Promise.all([custody.key('Ruth', 'City'), custody.key('Anton', 'Court')]);
    await startRecord(ruth);

    const desk = await world.person('Ruth Adeyemi');
    await desk.page.goto(`${world.url}/console`);
    await signIn(desk);
    await stockAndRoom(desk);
    const id = await draft(desk, custody);
    await sign(desk, custody, 'Ruth', id);
    await desk.sees('This waits for Anton');
    const screens = new Screens(world);
    await screens.inAllLanguages(desk.page, pages(id), speakByButton);

    // Anton administers nothing: he sees the openings that name him, and no other page.
    const approver = await world.person('Anton Vos');
    await approver.page.goto(`${world.url}/console`);
    await signIn(approver);
    await approver.seesHeading('Openings');
    await approver.sees('Waits for you');
    const pagesOf = approver.page.getByRole('navigation', { name: 'Console' }).getByRole('link');
    if ((await pagesOf.count()) !== 1) throw new Error('an officer sees pages of others');
    await approver.click(link(approver, '2026-014'));
    await approver.seesHeading('Sign, to approve');
    await approver.sees('The quay closure');
    await screens.inAllLanguages(
        approver.page,
        { 'desk-approve': at(`#/cases/${id}`, '.command') },
        speakByButton,
    );
    await sign(approver, custody, 'Anton', id);
    await approver.seesHeading('For custodians and the archivist');

    await to(desk.page, `#/cases/${id}`);
    await desk.seesHeading('For custodians and the archivist');
    await screens.inAllLanguages(
        desk.page,
        { 'desk-approved': at(`#/cases/${id}`, '.btn-main') },
        speakByButton,
    );
    await download(desk, world, id);
    screens.requireNone();
}

const RECORD = {
    name: 'The quay closure',
    preset: 'private_chat',
    initial_state: [{ type: 'org.chancery.room_class', state_key: '', content: { class: 'work' } }],
};

/** In the messenger: a conversation that is kept is one choice more, and the eye tells of it. */
async function startRecord(person) {
    await person.click(person.page.getByRole('button', { name: 'New chat' }).first());
    await person.fill('With whom?', 'Anton Vos');
    const dialog = person.page.getByRole('dialog');
    await person.click(dialog.getByRole('button', { name: 'Anton Vos' }).first());
    await dialog.getByLabel('A work record').check();
    await person.click('Start as a work record');
    await person.composer.waitFor({ timeout: READY_MS });
    await person.say('What we say here is kept.');
    await person.click('Who can read this?');
    await person.sees('the sealed archive');
    await person.seesHeading('Records');
    await person.sees('Nobody was told of an opening here.');
}

async function signIn(person) {
    await person.fill('Address or user name', person.userName);
    await person.fill('Password', person.world.password);
    await person.click('Sign in');
}

const link = (person, name) => person.page.getByRole('link', { name }).first();

async function stockAndRoom(desk) {
    await desk.seesHeading('People');
    await desk.click(link(desk, 'Records desk'));
    await desk.sees('Hold a ceremony now'); // A stock of an example is a low one.
    await desk.click(link(desk, 'The quay closure'));
    await desk.seesHeading('What is kept');
    await desk.sees('Presumed whole');
    await desk.click(link(desk, 'Records desk'));
    // The conversation of two has no name: it is called by its people.
    await link(desk, 'Anton Vos, Ruth Adeyemi').waitFor();
    await desk.click(link(desk, 'Stock and custodians'));
    await desk.sees('3 of 5 custodians');
    await desk.sees('Not counted yet');
    await desk.sees('Too few custodians have counted');
}

/** The day of the server, as its periods are. */
const today = () => new Date().toISOString().slice(0, 10);

async function draft(desk, custody) {
    const { page } = desk;
    await desk.click(link(desk, 'Openings'));
    await desk.sees('Nobody has asked for an opening.');
    await desk.click(link(desk, 'Ask for an opening'));
    await page.getByLabel('The quay closure').waitFor();
    await desk.click('Write the case');
    await desk.sees('Say which case it is');
    await page.getByLabel('Freedom of information').check();
    await desk.fill('Number or name of the case', '2026-014');
    await desk.fill('Article of the regulation', 'article 12');
    await desk.fill(
        'Why it is necessary, and why nothing less will do',
        'An objection asks for it',
    );
    await page.getByLabel('The quay closure').check();
    await desk.fill('First day', today());
    await desk.fill('Last day', today());
    const card = (label, name) =>
        page.getByLabel(label, { exact: true }).setInputFiles(custody.file(`${name}.card`));
    await card('Your card', 'Ruth');
    await desk.fill('Approver’s address', '@anton.vos:localhost');
    await card('The approver’s card', 'Ruth');
    await card('The card of the machine that opens the records', 'desk');
    await desk.click('Write the case');
    await desk.sees('Nobody approves their own case');
    await card('The approver’s card', 'Anton');
    await desk.sees('Anton, Court');
    await desk.click('Write the case');
    await desk.seesHeading('Sign, to ask');
    return new URL(page.url()).hash.split('/')[2];
}

/** Out of the page, through the officer's own program, and back. */
async function sign(person, custody, name, id) {
    const { page } = person;
    const coming = page.waitForEvent('download');
    await person.click('Download the case');
    const file = `case-${id}-${name}.json`;
    await (await coming).saveAs(custody.file(file));
    await page.getByLabel('The signed case').setInputFiles(custody.file(file));
    await person.sees('This file is not the case with your signature.');
    await custody.withKey(['case', 'sign', '--case', file], name);
    await page.getByLabel('The signed case').setInputFiles([]);
    await page.getByLabel('The signed case').setInputFiles(custody.file(file));
    await page.getByText('Next step').or(page.getByText('For custodians')).first().waitFor({
        timeout: READY_MS,
    });
}

async function download(desk, world, id) {
    const coming = desk.page.waitForEvent('download', { timeout: READY_MS });
    await desk.click('Download the dossier');
    const tar = path.join(world.folder, 'dossier.tar');
    await (await coming).saveAs(tar);
    execFileSync('tar', ['-xf', tar, '-C', world.folder]);
    const dossier = path.join(world.folder, `dossier-${id}`, 'dossier.json');
    if (!fs.existsSync(dossier)) throw new Error('the dossier is not whole');
}

function at(hash, ready) {
    return {
        open: async (page) => {
            await to(page, hash);
            await page.locator(ready).first().waitFor();
        },
    };
}

function pages(id) {
    return {
        'desk-records': at('#/records', '.work tbody a'),
        'desk-stock': at('#/stock', '.work tbody td'),
        'desk-cases': at('#/cases', '.work tbody a'),
        'desk-new-case': at('#/cases/new', '.few input[type=checkbox]'),
        'desk-case': at(`#/cases/${id}`, '.card dl'),
        'desk-record': {
            open: async (page) => {
                await to(page, '#/records');
                await page.locator('.work tbody a').first().click();
                await page.locator('.card dl').first().waitFor();
            },
        },
    };
}

// Told while the client is closed: from the switch in the settings, through the server and a push
// service, to the notification and the chat that it opens.
import assert from 'node:assert/strict';
import { until } from '../../../e2e/lib/time.mjs';
import { PushService, workerOf } from '../lib/pushService.mjs';
import { talking } from './outbox.mjs';

const SHOWN_WITHIN_MS = 20_000;

export const short = false;
export const about = 'a message reaches who has closed the client, and says nothing of its words';
export const settings = {
    CHANCERY_WEB_PUSH_SERVICES: '127.0.0.1',
    CHANCERY_INSIDE_HOSTS: '127.0.0.1',
};

export async function play(world) {
    const service = new PushService();
    await service.open();
    try {
        await told(world, service);
    } finally {
        service.close();
    }
}

async function told(world, service) {
    const { ruth, mara } = await talking(world);
    const context = mara.page.context();
    await mara.page.goto(`${world.url}/#/settings/notices`);
    await service.subscribe(mara.page);
    const switched = mara.page.getByRole('switch', { name: /while Chancery is closed/ });
    await switched.click();
    const worker = await workerOf(mara.page, world.url);
    const proof = await service.next();
    assert.deepEqual(Object.keys(JSON.parse(proof)), ['ack_token', 'app_id']);
    await worker.deliver(proof);
    await until(SHOWN_WITHIN_MS, 'the switch is on', () => switched.isChecked());

    // The client is closed; what is left is a page of another address.
    const empty = await context.newPage();
    await mara.page.close();
    await ruth.say('The depot is on fire');
    const message = await service.next();
    assert.ok(!message.includes('fire'), 'no words of the message');
    await (await workerOf(empty, world.url)).deliver(message);

    const [script] = context.serviceWorkers();
    const shown = () =>
        script.evaluate(async () =>
            (await self.registration.getNotifications()).map(({ title, body, data }) => ({
                title,
                body,
                data,
            })),
        );
    await until(SHOWN_WITHIN_MS, 'a notification', async () => (await shown()).length === 1);
    const [{ title, data }] = await shown();
    assert.equal(title, 'New message');
    assert.ok(data.chatId, 'it knows its chat');

    const address = await script.evaluate(clicked);
    await empty.goto(new URL(address, world.url).href);
    await empty.getByText('The depot is on fire').first().waitFor();
}

/** In the worker: what a click on the notification opens. A driver cannot click outside of pages. */
async function clicked() {
    const [notification] = await self.registration.getNotifications();
    const event = new NotificationEvent('notificationclick', { notification });
    let done;
    Object.defineProperty(event, 'waitUntil', { value: (promise) => (done = promise) });
    let opened;
    self.clients.openWindow = async (to) => {
        opened = to;
        return null;
    };
    self.dispatchEvent(event);
    await done;
    return opened;
}

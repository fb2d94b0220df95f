// The server is killed and comes back: nothing that was written is lost.
import { talking } from './outbox.mjs';

export const short = false;
export const about = 'the server is killed and comes back; what was written meanwhile arrives';

export async function play(world) {
    const { ruth, mara } = await talking(world);

    await world.server.aim()();
    await mara.say('While the server was away');
    await mara.sees('While the server was away');
    await world.server.start();
    await ruth.reads('While the server was away');

    await ruth.page.reload();
    await ruth.home();
    await ruth.openChat('Mara Jansen');
    await ruth.reads('While the server was away');
}

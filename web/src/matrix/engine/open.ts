import type { Engine, Opening } from '../session.ts';
import { startClient } from './client.ts';
import { OneHome } from './home.ts';

const SET_UP_WITHIN_MS = 20_000;

/** The part with the SDK: fetched while somebody signs in, never before. */
export async function open(opening: Opening): Promise<Engine> {
    const started = await startClient(opening);
    const home = new OneHome(started);
    const setUp = home.begin(opening);
    if (opening.password !== undefined) {
        // The first words shall come from a device that its owner has signed.
        await Promise.race([
            setUp,
            new Promise((resolve) => setTimeout(resolve, SET_UP_WITHIN_MS)),
        ]);
    }
    return {
        home,
        stop: async () => {
            await home.stop();
            await started.stop();
        },
    };
}

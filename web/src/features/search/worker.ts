/** The search runs beside the page, so that neither typing nor scrolling waits for it. */
import { Keeper } from './model/keeper.ts';
import type { Answer, Question } from './model/protocol.ts';
import { SealedLog } from './model/sealedLog.ts';

const keeper = new Keeper(SealedLog.open);
let last: Promise<unknown> = Promise.resolve();

// One after the other: a search sees all that was given before it.
addEventListener('message', ({ data }: MessageEvent<Question>) => {
    last = last.then(async () => {
        postMessage(await answered(data));
    });
});

async function answered({ number, ask }: Question): Promise<Answer> {
    try {
        return { number, answer: await keeper.answer(ask) };
    } catch (fault) {
        return { number, fault: fault instanceof Error ? fault.name : 'unknown' };
    }
}

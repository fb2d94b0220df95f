/**
 * A finger that rests on something opens its menu, under the finger. Lifting it there must choose
 * nothing: the worst of a menu stands at its end.
 */
let down = false;

const note = (event: Event) => {
    down = (event as TouchEvent).touches.length > 0;
};
for (const name of ['touchstart', 'touchend', 'touchcancel']) {
    globalThis.addEventListener?.(name, note, { capture: true, passive: true });
}

const LIFTS = ['pointerup', 'touchend', 'touchcancel'] as const;

/** Keeps the lift of a finger that is down now from everything on the page. */
export function ignoreLift(): void {
    if (!down) return;
    const ignore = (event: Event) => {
        event.stopImmediatePropagation();
        if (event.cancelable) event.preventDefault(); // Of touchend: then no click follows.
        if (event.type !== 'pointerup') {
            for (const name of LIFTS) removeEventListener(name, ignore, { capture: true });
        }
    };
    for (const name of LIFTS) addEventListener(name, ignore, { capture: true, passive: false });
}

import { beforeEach, expect, test, vi } from 'vitest';
import { hold, notice, settleAll, tick, UNDO_MS, undo, undoable, useToasts } from './toasts.ts';

beforeEach(() => useToasts.setState({ list: [], held: false }));

test('an act is done after ten seconds, once', () => {
    const done = vi.fn();
    undoable({ text: 'Deleting', undo: vi.fn(), done });

    tick(UNDO_MS - 1);
    expect(done).not.toHaveBeenCalled();
    tick(1);
    tick(1000);

    expect(done).toHaveBeenCalledOnce();
});

test('what is undone is never done', () => {
    const done = vi.fn();
    const undone = vi.fn();
    const id = undoable({ text: 'Deleting', undo: undone, done });

    undo(id);
    tick(UNDO_MS * 2);

    expect(undone).toHaveBeenCalledOnce();
    expect(done).not.toHaveBeenCalled();
});

test('time stands still while a toast is held', () => {
    const done = vi.fn();
    undoable({ text: 'Deleting', undo: vi.fn(), done });

    hold(true);
    tick(UNDO_MS * 3);
    expect(done).not.toHaveBeenCalled();
    hold(false);
    tick(UNDO_MS);

    expect(done).toHaveBeenCalledOnce();
});

test('a page that goes away does what waits', () => {
    const done = vi.fn();
    undoable({ text: 'Deleting', undo: vi.fn(), done });

    settleAll();

    expect(done).toHaveBeenCalledOnce();
    expect(useToasts.getState().list).toEqual([]);
});

test('at most four stand there, and the oldest act is done rather than lost', () => {
    const done = vi.fn();
    undoable({ text: 'Deleting', undo: vi.fn(), done });

    for (let n = 0; n < 4; n++) notice(`n ${n}`);

    expect(done).toHaveBeenCalledOnce();
    expect(useToasts.getState().list).toHaveLength(4);
});

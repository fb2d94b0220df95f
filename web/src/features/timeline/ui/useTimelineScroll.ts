/**
 * Where the reader is in a conversation, and how he stays there: at the end he follows what is said,
 * anywhere else nothing moves under his eyes, whatever is put before, after or in between.
 */
import { useVirtualizer, type VirtualItem, type Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ChatSnapshot, ChatView, JumpTarget } from '../../../matrix/index.ts';
import { estimate, holds, indexOfKey, type Row } from '../model/rows.ts';

/** So near the end counts as at the end. */
const END_PX = 80;
const OVERSCAN = 8;
/** Room over the first row. */
const TOP_PX = 16;
/** Older messages are fetched when so little is left above. */
const AHEAD_PX = 1_200;
const FOUND_MS = 2_000;

interface Input {
    view: ChatView;
    snapshot: ChatSnapshot;
    rows: readonly Row[];
}

export function useTimelineScroll({ view, snapshot, rows }: Input) {
    const scroller = useRef<HTMLDivElement>(null);
    const pinned = useRef(true);
    const [atEnd, setAtEnd] = useState(true);
    const live = snapshot.end === 'end';
    const virtual = useVirtualizer({
        count: rows.length,
        getScrollElement: () => scroller.current,
        estimateSize: (index) => estimate(rows[index], scroller.current?.clientWidth ?? 600),
        getItemKey: (index) => rows[index]?.key ?? index,
        overscan: OVERSCAN,
        paddingStart: TOP_PX,
        anchorTo: 'end',
        scrollEndThreshold: END_PX,
        followOnAppend: live,
        directDomUpdates: true,
        useFlushSync: false,
    });
    virtual.shouldAdjustScrollPositionOnItemSizeChange = holdsWhatIsRead;
    const toEnd = useCallback(() => {
        pinned.current = true;
        setAtEnd(true);
        virtual.scrollToEnd();
    }, [virtual]);

    useStart(rows, snapshot, virtual.scrollToIndex, toEnd, pinned);
    const touched = useTouched(scroller);
    const height = useRef(0);
    const look = useEvent(() => {
        const box = scroller.current;
        if (!box) return;
        const left = box.scrollHeight - box.scrollTop - box.clientHeight;
        const end = live && left < END_PX;
        const grown = box.scrollHeight !== height.current;
        height.current = box.scrollHeight;
        // Rows that turn out taller than guessed move the end away; only a reader leaves it.
        if (pinned.current && live && !end && grown && !touched()) {
            box.scrollTop = box.scrollHeight;
            return;
        }
        pinned.current = end;
        if (end !== atEnd) setAtEnd(end);
    });
    useHeldEnd(scroller, pinned, look);
    const found = useFocus(rows, snapshot.focus, virtual.scrollToIndex, pinned);
    const newBelow = useNewBelow(snapshot, atEnd);
    useMarkedRead(view, snapshot, atEnd);

    const onScroll = () => {
        const box = scroller.current;
        if (!box) return;
        look();
        const left = box.scrollHeight - box.scrollTop - box.clientHeight;
        if (box.scrollTop < AHEAD_PX && snapshot.start === 'more') void view.paginate('back');
        if (left < AHEAD_PX && snapshot.end === 'more') void view.paginate('forward');
    };

    // A short chat has nothing to scroll, and must fetch what is above nevertheless.
    useEffect(() => {
        const box = scroller.current;
        if (box && snapshot.start === 'more' && box.scrollTop < AHEAD_PX)
            void view.paginate('back');
    }, [view, snapshot.start]);

    const toKey = (key: string) => {
        const index = indexOfKey(rows, key);
        if (index < 0) return;
        virtual.scrollToIndex(index, { align: 'auto' });
        focusSoon(scroller.current, key);
    };
    const jump = (target: JumpTarget) => {
        if (target.to === 'latest' && live) toEnd();
        else {
            void view.jumpTo(target).then((there) => {
                if (there && target.to === 'latest') toEnd();
            });
        }
    };
    return {
        scroller,
        container: virtual.containerRef,
        measure: virtual.measureElement,
        items: virtual.getVirtualItems(),
        onScroll,
        atEnd: atEnd && live,
        newBelow,
        found,
        toKey,
        jump,
    };
}

/** Moves the window along when a row changes its height above what is read. */
function holdsWhatIsRead(
    row: VirtualItem,
    _by: number,
    list: Virtualizer<HTMLDivElement, Element>,
) {
    return holds(row, list.scrollOffset ?? 0, list.itemSizeCache.has(row.key));
}

type ToIndex = (index: number, how: { align: 'start' | 'center' }) => void;

/** Opens at the first unread message; without one, at the end. */
function useStart(
    rows: readonly Row[],
    snapshot: ChatSnapshot,
    toIndex: ToIndex,
    toEnd: () => void,
    pinned: { current: boolean },
): void {
    const opened = useRef(false);
    useLayoutEffect(() => {
        if (opened.current || rows.length === 0) return;
        opened.current = true;
        if (snapshot.focus) return;
        const unread = rows.findIndex((row) => row.kind === 'unread');
        if (unread > 0) {
            pinned.current = false;
            toIndex(unread, { align: 'start' });
        } else toEnd();
    });
}

/** The composer grows, the keyboard of a phone opens, rows wrap anew: the end stays in view. */
function useHeldEnd(
    scroller: { current: HTMLDivElement | null },
    pinned: { current: boolean },
    look: () => void,
): void {
    useEffect(() => {
        const box = scroller.current;
        if (!box) return;
        const observer = new ResizeObserver(() => {
            if (pinned.current) box.scrollTop = box.scrollHeight;
            else look();
        });
        observer.observe(box);
        for (const part of box.children) observer.observe(part);
        return () => observer.disconnect();
    }, [scroller, pinned, look]);
}

const INPUT = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;
const INPUT_MS = 600;

/** Whether the reader moved the list just now, rather than the layout. */
function useTouched(scroller: { current: HTMLDivElement | null }): () => boolean {
    const last = useRef(Number.NEGATIVE_INFINITY);
    const down = useRef(false);
    useEffect(() => {
        const box = scroller.current;
        if (!box) return;
        const note = (event: Event) => {
            last.current = performance.now();
            if (event.type === 'pointerdown') down.current = true;
        };
        const up = () => {
            down.current = false;
        };
        for (const name of INPUT) box.addEventListener(name, note, { passive: true });
        addEventListener('pointerup', up);
        addEventListener('pointercancel', up);
        return () => {
            for (const name of INPUT) box.removeEventListener(name, note);
            removeEventListener('pointerup', up);
            removeEventListener('pointercancel', up);
        };
    }, [scroller]);
    return useCallback(() => down.current || performance.now() - last.current < INPUT_MS, []);
}

/** Brings into view what was jumped to, and shows it for a moment. */
function useFocus(
    rows: readonly Row[],
    focus: ChatSnapshot['focus'],
    toIndex: ToIndex,
    pinned: { current: boolean },
): string | undefined {
    const [found, setFound] = useState<string>();
    const done = useRef<number>(undefined);
    useLayoutEffect(() => {
        if (!focus || focus.at === done.current) return;
        const index = indexOfKey(rows, focus.key);
        if (index < 0) return;
        done.current = focus.at;
        pinned.current = false;
        toIndex(index, { align: 'center' });
        setFound(focus.key);
    }, [rows, focus, toIndex, pinned]);
    useEffect(() => {
        if (found === undefined) return;
        const timer = setTimeout(() => setFound(undefined), FOUND_MS);
        return () => clearTimeout(timer);
    }, [found]);
    return found;
}

/** How many messages came below while the reader was elsewhere. */
function useNewBelow(snapshot: ChatSnapshot, atEnd: boolean): number {
    const seen = useRef<string>(undefined);
    const last = snapshot.messages.at(-1)?.key;
    if (atEnd || seen.current === undefined) seen.current = last;
    if (atEnd || snapshot.end !== 'end') return 0;
    const at = snapshot.messages.findLastIndex((message) => message.key === seen.current);
    return snapshot.messages
        .slice(at + 1)
        .filter((message) => !message.own && message.kind !== 'system').length;
}

/** Read is what was at the end of the window while somebody could look at it. */
function useMarkedRead(view: ChatView, snapshot: ChatSnapshot, atEnd: boolean): void {
    const last = snapshot.messages.at(-1)?.key;
    const live = snapshot.end === 'end';
    useEffect(() => {
        if (!atEnd || !live || last === undefined) return;
        const mark = () => {
            if (document.visibilityState === 'visible' && document.hasFocus()) view.markRead(last);
        };
        mark();
        addEventListener('focus', mark);
        document.addEventListener('visibilitychange', mark);
        return () => {
            removeEventListener('focus', mark);
            document.removeEventListener('visibilitychange', mark);
        };
    }, [view, last, live, atEnd]);
}

const FOCUS_FRAMES = 20;

/** A row that is scrolled to is there only some frames later. */
function focusSoon(box: HTMLElement | null, key: string): void {
    let left = FOCUS_FRAMES;
    const look = () => {
        const row = box?.querySelector<HTMLElement>(`[data-message="${CSS.escape(key)}"]`);
        if (row) row.focus({ preventScroll: true });
        else if (left-- > 0) requestAnimationFrame(look);
    };
    look();
}

/** A function that is always the same one, and always does what it was last. */
function useEvent(act: () => void): () => void {
    const latest = useRef(act);
    useLayoutEffect(() => {
        latest.current = act;
    });
    return useCallback(() => latest.current(), []);
}

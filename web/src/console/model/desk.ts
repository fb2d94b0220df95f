/** What the records desk is told: counts, names and dates, never what was said. */
import { calledOf, count, record, records, text } from './answers.ts';

type Json = Record<string, unknown>;

/** Sessions by what is known of their keys without an opening. */
export interface Coverage {
    /** Presumed to be readable, from some message on. */
    readonly presumed: number;
    /** Of these: only from a later message on. */
    readonly partly: number;
    readonly withheld: number;
    readonly unknown: number;
}

export interface RoomRow {
    readonly id: string;
    readonly name: string | undefined;
    readonly openedAt: number | undefined;
    readonly coverage: Coverage;
    readonly leaves: number;
    readonly leafUntil: number | undefined;
}

export interface RoomPlace extends RoomRow {
    readonly events: number;
    readonly letters: number;
    readonly bytes: number;
    readonly archive: string | undefined;
    readonly period: string | undefined;
    readonly ends: string | undefined;
    readonly sparesLeft: number | undefined;
}

export interface Gap {
    readonly sender: string;
    readonly device: string;
    readonly session: string;
    readonly state: 'presumed' | 'withheld' | 'unknown';
    readonly from: number | undefined;
    readonly firstAt: number | undefined;
}

export interface Leaf {
    readonly number: number;
    readonly until: number | undefined;
    readonly events: number;
    readonly letters: number;
    readonly hash: string;
}

/** A page of a list; `next` is where the following one begins. */
export interface Page<T> {
    readonly rows: readonly T[];
    readonly next: string | undefined;
}

export interface Holder {
    readonly name: string;
    readonly house: string;
    readonly fingerprint: string;
    readonly countedAt: number | undefined;
    readonly good: number;
    readonly bad: number;
}

export interface Stock {
    readonly id: string;
    readonly state: 'arriving' | 'whole' | 'sound' | 'unsound';
    readonly madeAt: number | undefined;
    readonly identities: number;
    readonly left: number;
    readonly bound: number;
    readonly opened: number;
    readonly quorum: number;
    readonly holders: readonly Holder[];
    readonly goodHolders: number;
    readonly holdersLow: boolean;
    readonly firstPeriod: string | undefined;
    readonly lastPeriod: string | undefined;
    readonly spares: number | undefined;
    readonly rehearsedAt: number | undefined;
}

export interface StockLevel {
    readonly left: number;
    readonly low: boolean;
    readonly stocks: readonly Stock[];
}

export interface Desk {
    readonly sessions: number;
    readonly notWhole: number;
    readonly rooms: number;
    readonly ending: number;
    readonly overdue: number;
    readonly stock: StockLevel;
}

function coverageOf(value: unknown): Coverage {
    const json = record(value);
    return {
        presumed: count(json.presumed) ?? 0,
        partly: count(json.partly) ?? 0,
        withheld: count(json.withheld) ?? 0,
        unknown: count(json.unknown) ?? 0,
    };
}

/** How many sessions of a room the archive lacks the beginning or the whole of. */
export function notWhole({ partly, withheld, unknown }: Coverage): number {
    return partly + withheld + unknown;
}

export function roomOf(json: Json): RoomRow {
    return {
        id: text(json.room_id) ?? '',
        name: calledOf(json),
        openedAt: count(json.opened_at),
        coverage: coverageOf(json.coverage),
        leaves: count(json.leaves) ?? 0,
        leafUntil: count(json.leaf_until),
    };
}

/** @param kept what the archive says of the room, @param made what is said of its making */
export function roomPlaceOf(kept: Json, made: Json): RoomPlace {
    const pieces = Object.values(record(kept.pieces)).map(record);
    const of = (kind: string) => count(record(record(kept.pieces)[kind]).count) ?? 0;
    return {
        ...roomOf(kept),
        events: of('event'),
        letters: of('inbox'),
        bytes: pieces.reduce((sum, one) => sum + (count(one.bytes) ?? 0), 0),
        archive: text(made.archive_user),
        period: text(made.period),
        ends: text(made.ends),
        sparesLeft: count(made.spares_left),
    };
}

const STATES = ['presumed', 'withheld', 'unknown'] as const;

export function gapOf(json: Json): Gap {
    return {
        sender: text(json.sender) ?? '',
        device: text(json.device_id) ?? '',
        session: text(json.session_id) ?? '',
        state: STATES.find((state) => state === json.state) ?? 'unknown',
        from: count(json.from),
        firstAt: count(json.first_at),
    };
}

export function leafOf(json: Json): Leaf {
    return {
        number: count(json.number) ?? 0,
        until: count(json.until),
        events: count(json.events) ?? 0,
        letters: count(json.inbox) ?? 0,
        hash: text(json.hash) ?? '',
    };
}

export function pageOf<T>(json: Json, name: string, of: (json: Json) => T): Page<T> {
    const next = count(json.next);
    return {
        rows: records(json[name]).map(of),
        next: next === undefined ? undefined : String(next),
    };
}

const STOCK_STATES = ['arriving', 'whole', 'sound', 'unsound'] as const;

function holderOf(json: Json): Holder {
    return {
        name: text(json.name) ?? '',
        house: text(json.organisation) ?? '',
        fingerprint: text(json.fingerprint) ?? '',
        countedAt: count(json.counted_at),
        good: count(json.good) ?? 0,
        bad: count(json.bad) ?? 0,
    };
}

function stockOf(json: Json): Stock {
    return {
        id: text(json.stock) ?? '',
        state: STOCK_STATES.find((state) => state === json.state) ?? 'arriving',
        madeAt: count(json.made_at),
        identities: count(json.identities) ?? 0,
        left: count(json.left) ?? 0,
        bound: count(json.bound) ?? 0,
        opened: count(json.opened) ?? 0,
        quorum: count(json.k) ?? 0,
        holders: records(json.holders).map(holderOf),
        goodHolders: count(json.good_holders) ?? 0,
        holdersLow: json.holders_low === true,
        firstPeriod: text(json.first_period),
        lastPeriod: text(json.last_period),
        spares: count(json.spares),
        rehearsedAt: count(json.rehearsed_at),
    };
}

export function stockLevelOf(json: Json): StockLevel {
    return {
        left: count(json.left) ?? 0,
        low: json.low === true,
        stocks: records(json.stocks).map(stockOf),
    };
}

export function deskOf(totals: Json, rooms: Json, stock: Json): Desk {
    return {
        sessions: count(totals.sessions) ?? 0,
        notWhole: (count(totals.partly) ?? 0) + (count(totals.missing) ?? 0),
        rooms: count(rooms.total) ?? 0,
        ending: count(rooms.ending) ?? 0,
        overdue: count(rooms.overdue) ?? 0,
        stock: stockLevelOf(stock),
    };
}

/** Cases as the console shows and writes them. Signing is done elsewhere: no officer's key is here. */
import { calledOf, count, record, records, text } from './answers.ts';

type Json = Record<string, unknown>;

export const KINDS = [
    'oversight',
    'freedom_of_information',
    'subject_access',
    'business_use',
    'transfer',
    'court_order',
] as const;

export type Kind = (typeof KINDS)[number];
export type CaseState = 'drafted' | 'requested' | 'approved' | 'refused';

export interface Officer {
    readonly user: string;
    readonly name: string;
}

export interface Part {
    readonly room: string;
    /** What it is called, or who is in it. */
    readonly name: string | undefined;
    readonly from: number;
    readonly until: number;
    readonly devices: number;
}

export interface Case {
    readonly id: string;
    readonly state: CaseState;
    readonly changedAt: number | undefined;
    readonly kind: Kind;
    readonly reference: string;
    readonly article: string;
    readonly necessity: string;
    readonly scope: readonly Part[];
    readonly requester: Officer;
    readonly approver: Officer;
    readonly noticeAt: number | undefined;
    readonly noticedAt: number | undefined;
    readonly noticeReason: string | undefined;
    readonly refusal: string | undefined;
    /** What is signed, as it goes into the file. */
    readonly entry: Json;
}

const STATES = ['drafted', 'requested', 'approved', 'refused'] as const;

function officerOf(value: unknown): Officer {
    const json = record(value);
    return { user: text(json.user_id) ?? '', name: text(json.name) ?? '' };
}

export function caseOf(json: Json): Case {
    const entry = record(json.entry);
    const ground = record(entry.ground);
    const signers = record(entry.signers);
    const called = records(json.rooms);
    return {
        id: text(json.case_id) ?? '',
        state: STATES.find((state) => state === json.state) ?? 'drafted',
        changedAt: count(json.changed_at),
        kind: KINDS.find((kind) => kind === ground.kind) ?? 'oversight',
        reference: text(ground.reference) ?? '',
        article: text(ground.article) ?? '',
        necessity: text(ground.necessity) ?? '',
        scope: records(entry.scope).map((part) => ({
            room: text(part.room_id) ?? '',
            name: calledOf(called.find((room) => room.room_id === part.room_id) ?? {}),
            from: count(part.from) ?? 0,
            until: count(part.until) ?? 0,
            devices: Array.isArray(part.devices) ? part.devices.length : 0,
        })),
        requester: officerOf(signers.requester),
        approver: officerOf(signers.approver),
        noticeAt: count(entry.notice_at),
        noticedAt: count(json.noticed_at),
        noticeReason: text(entry.notice_reason),
        refusal: text(json.refusal),
        entry,
    };
}

/** Whose signature a case lacks next; undefined where it lacks none. */
export function waitsFor({ state, requester, approver }: Case): string | undefined {
    if (state === 'drafted') return requester.user;
    return state === 'requested' ? approver.user : undefined;
}

/** The public card of a key file, as `chancery ceremony custodian-key` writes it. */
export interface Card {
    readonly name: string;
    readonly house: string;
    readonly sealing: string;
    readonly signing: string;
}

function parsed(words: string): Json {
    try {
        return record(JSON.parse(words));
    } catch {
        return {};
    }
}

/** The card that a file holds; undefined where it holds none. */
export function cardOf(words: string): Card | undefined {
    const json = parsed(words);
    const [name, house] = [text(json.name), text(json.organisation)];
    const [sealing, signing] = [text(json.sealing_key), text(json.signing_key)];
    return name && house && sealing && signing ? { name, house, sealing, signing } : undefined;
}

/** The signature of an officer in a signed case; undefined where it is not signed by that one. */
export function signatureOf(words: string, by: 'requested' | 'approved'): string | undefined {
    return text(record(parsed(words).signers)[by]);
}

export interface Wish {
    readonly kind: Kind;
    readonly reference: string;
    readonly article: string;
    readonly necessity: string;
    readonly rooms: readonly string[];
    readonly from: string;
    readonly until: string;
    readonly noticeAt: string;
    readonly noticeReason: string;
    readonly approver: string;
    readonly own: Card;
    readonly approverCard: Card;
    readonly readingRoom: Card;
}

/** A wish while it is written. */
export type Draft = { readonly [K in keyof Wish]?: Wish[K] | undefined };

const DAY_MS = 86_400_000;

/** Days are those of UTC, as the periods of the archive are; the last one belongs to it. */
export function wishJson(wish: Wish): Json {
    const from = Date.parse(wish.from);
    const until = Date.parse(wish.until) + DAY_MS;
    const later = wish.noticeAt === '' ? {} : { notice_reason: wish.noticeReason };
    return {
        ground: {
            kind: wish.kind,
            reference: wish.reference,
            article: wish.article,
            necessity: wish.necessity,
        },
        scope: wish.rooms.map((room) => ({ room_id: room, from, until })),
        reading_room: wish.readingRoom.sealing,
        notice_at: wish.noticeAt === '' ? 0 : Date.parse(wish.noticeAt),
        requester: { name: wish.own.name, signing_key: wish.own.signing },
        approver: {
            user_id: wish.approver,
            name: wish.approverCard.name,
            signing_key: wish.approverCard.signing,
        },
        ...later,
    };
}

/** Why a wish cannot be sent; undefined where it can. */
export function lackOf(wish: Draft): 'words' | 'rooms' | 'days' | 'cards' | 'same' | undefined {
    const { own, approverCard, readingRoom } = wish;
    if (!wish.reference?.trim() || !wish.article?.trim() || !wish.necessity?.trim()) return 'words';
    if (!wish.rooms || wish.rooms.length === 0) return 'rooms';
    if (!wish.from || !wish.until || Date.parse(wish.until) < Date.parse(wish.from)) return 'days';
    if (!own || !approverCard || !readingRoom || !wish.approver?.trim()) return 'cards';
    if (own.signing === approverCard.signing) return 'same';
    return undefined;
}

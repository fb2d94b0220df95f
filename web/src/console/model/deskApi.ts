import type { Api } from './api.ts';
import { type Case, caseOf, type Wish, wishJson } from './cases.ts';
import {
    type Desk,
    deskOf,
    type Gap,
    gapOf,
    type Leaf,
    leafOf,
    type Page,
    pageOf,
    type RoomPlace,
    type RoomRow,
    roomOf,
    roomPlaceOf,
    type StockLevel,
    stockLevelOf,
} from './desk.ts';

const ADMIN = '/_chancery/admin/v1';
const PAGE = 25;

function page(from: string, name = 'from'): URLSearchParams {
    const query = new URLSearchParams({ limit: String(PAGE) });
    if (from !== '') query.set(name, from);
    return query;
}

/** What the records desk asks of the server. */
export class DeskApi {
    readonly #api: Api;

    constructor(api: Api) {
        this.#api = api;
    }

    async desk(): Promise<Desk> {
        const [totals, rooms, stock] = await Promise.all([
            this.#api.ask('GET', `${ADMIN}/records`),
            this.#api.ask('GET', `${ADMIN}/record_rooms?limit=1`),
            this.#api.ask('GET', `${ADMIN}/stock`),
        ]);
        return deskOf(totals, rooms, stock);
    }

    async rooms(from: string): Promise<Page<RoomRow>> {
        const path = `${ADMIN}/records/rooms?${page(from)}`;
        return pageOf(await this.#api.ask('GET', path), 'rooms', roomOf);
    }

    async room(id: string): Promise<RoomPlace> {
        const [kept, made] = await Promise.all([
            this.#api.ask('GET', `${ADMIN}/records/rooms/${encodeURIComponent(id)}`),
            this.#api.ask('GET', `${ADMIN}/record_rooms/${encodeURIComponent(id)}`),
        ]);
        return roomPlaceOf(kept, made);
    }

    async gaps(room: string, from: string): Promise<Page<Gap>> {
        return pageOf(await this.#of(room, 'gaps', from), 'sessions', gapOf);
    }

    async leaves(room: string, from: string): Promise<Page<Leaf>> {
        return pageOf(await this.#of(room, 'leaves', from), 'leaves', leafOf);
    }

    #of(room: string, what: string, from: string) {
        const path = `${ADMIN}/records/rooms/${encodeURIComponent(room)}/${what}?${page(from)}`;
        return this.#api.ask('GET', path);
    }

    async stock(): Promise<StockLevel> {
        return stockLevelOf(await this.#api.ask('GET', `${ADMIN}/stock`));
    }

    async cases(before: string): Promise<Page<Case>> {
        const path = `${ADMIN}/cases?${page(before, 'before')}`;
        return pageOf(await this.#api.ask('GET', path), 'cases', caseOf);
    }

    async caseOf(id: string): Promise<Case> {
        return caseOf(await this.#api.ask('GET', this.#case(id)));
    }

    async draft(wish: Wish): Promise<Case> {
        return caseOf(await this.#api.ask('POST', `${ADMIN}/cases`, wishJson(wish)));
    }

    async sign(id: string, what: 'request' | 'approval', signature: string): Promise<void> {
        await this.#api.ask('PUT', `${this.#case(id)}/${what}`, { signature });
    }

    async refuse(id: string, reason: string): Promise<void> {
        await this.#api.ask('PUT', `${this.#case(id)}/refusal`, { reason });
    }

    /** That the case is in the log, as text (C2SP tlog-proof). */
    async proof(id: string): Promise<string> {
        const { proof } = await this.#api.ask('GET', `${this.#case(id)}/proof`);
        return typeof proof === 'string' ? proof : '';
    }

    /** Has the dossier written anew, and fetches it. */
    async dossier(id: string): Promise<Blob> {
        await this.#api.ask('POST', `${this.#case(id)}/dossier`, {});
        return await this.#api.fetchFile(`${this.#case(id)}/dossier`);
    }

    #case(id: string): string {
        return `${ADMIN}/cases/${encodeURIComponent(id)}`;
    }
}

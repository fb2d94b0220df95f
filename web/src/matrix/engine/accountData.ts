import { ClientEvent, type MatrixClient, type MatrixEvent } from 'matrix-js-sdk';
import type { AccountData } from '../home.ts';
import { Cell } from '../observable.ts';
import type { View } from '../types.ts';

/** Account data by type; a view per type, made when it is first wanted. */
export class OwnData implements AccountData {
    readonly #client: MatrixClient;
    readonly #cells = new Map<string, Cell<unknown>>();

    constructor(client: MatrixClient) {
        this.#client = client;
        client.on(ClientEvent.AccountData, this.#changed);
    }

    view<T>(type: string): View<T | undefined> {
        let cell = this.#cells.get(type);
        if (!cell) {
            cell = new Cell<unknown>(this.#read(type));
            this.#cells.set(type, cell);
        }
        return cell as unknown as View<T | undefined>;
    }

    async set(type: string, value: object): Promise<void> {
        // The SDK knows the types of the spec only; the server takes any.
        await this.#client.setAccountDataRaw(type as never, value as never);
    }

    stop(): void {
        this.#client.off(ClientEvent.AccountData, this.#changed);
    }

    #read(type: string): unknown {
        return this.#client.getAccountData(type as never)?.getContent();
    }

    readonly #changed = (event: MatrixEvent) => {
        this.#cells.get(event.getType())?.set(event.getContent());
    };
}

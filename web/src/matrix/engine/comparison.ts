import {
    type ShowSasCallbacks,
    VerificationPhase,
    type VerificationRequest,
    VerificationRequestEvent,
    type Verifier,
    VerifierEvent,
} from 'matrix-js-sdk/lib/crypto-api/index.js';
import { VerificationMethod } from 'matrix-js-sdk/lib/types.js';
import type { Comparison } from '../home.ts';
import { Observable } from '../observable.ts';
import { numberOfPicture } from './pictures.ts';

/** One confirmation between two devices of a person, from the invitation to its end. */
export class OneComparison extends Observable<Comparison> {
    readonly #request: VerificationRequest;
    readonly #deviceName: (id: string) => Promise<string>;
    #verifier: Verifier | undefined;
    #sas: ShowSasCallbacks | undefined;
    #confirmed = false;
    #starting = false;

    constructor(request: VerificationRequest, deviceName: (id: string) => Promise<string>) {
        super({ asked: request.initiatedByMe, step: 'waiting' });
        this.#request = request;
        this.#deviceName = deviceName;
        request.on(VerificationRequestEvent.Change, this.#changed);
        this.#changed();
    }

    get isOver(): boolean {
        const { step } = this.snapshot();
        return step === 'done' || step === 'ended';
    }

    async accept(): Promise<void> {
        await this.#request.accept();
    }

    async match(): Promise<void> {
        this.#confirmed = true;
        this.publish({ ...this.snapshot(), step: 'confirming' });
        await this.#sas?.confirm();
    }

    differ(): void {
        this.#sas?.mismatch();
    }

    async cancel(): Promise<void> {
        if (!this.isOver) {
            await this.#request.cancel();
        }
    }

    stop(): void {
        this.#request.off(VerificationRequestEvent.Change, this.#changed);
    }

    readonly #changed = () => {
        const { phase } = this.#request;
        void this.#named();
        switch (phase) {
            case VerificationPhase.Unsent:
            case VerificationPhase.Requested:
                this.#step(this.#request.initiatedByMe ? 'waiting' : 'invited');
                break;
            case VerificationPhase.Ready:
                this.#step('waiting');
                this.#begin();
                break;
            case VerificationPhase.Started:
                this.#follow(this.#request.verifier);
                break;
            case VerificationPhase.Done:
                this.#step('done');
                break;
            case VerificationPhase.Cancelled:
                this.#end();
                break;
        }
    };

    /** The device that asked begins the comparison, so that the two never begin at once. */
    #begin(): void {
        if (!this.#request.initiatedByMe || this.#starting) {
            return;
        }
        this.#starting = true;
        this.#request
            .startVerification(VerificationMethod.Sas)
            .then((verifier) => this.#follow(verifier))
            .catch(() => this.#request.cancel());
    }

    #follow(verifier: Verifier | undefined): void {
        if (!verifier || this.#verifier) {
            return;
        }
        this.#verifier = verifier;
        verifier.on(VerifierEvent.ShowSas, (sas) => this.#show(sas));
        verifier.verify().catch(() => undefined); // Its end is told by the phase.
        const shown = verifier.getShowSasCallbacks();
        if (shown) {
            this.#show(shown);
        }
    }

    #show(sas: ShowSasCallbacks): void {
        if (this.#confirmed) {
            return;
        }
        this.#sas = sas;
        const pictures = (sas.sas.emoji ?? []).map(([sign]) => ({
            sign,
            number: numberOfPicture(sign),
        }));
        this.publish({ ...this.snapshot(), step: 'compare', pictures });
    }

    #step(step: Comparison['step']): void {
        const now = this.snapshot();
        if (now.step !== step) {
            this.publish({ ...now, step });
        }
    }

    #end(): void {
        this.publish({ ...this.snapshot(), step: 'ended', ended: this.#reason() });
    }

    #reason(): Comparison['ended'] {
        switch (this.#request.cancellationCode) {
            case 'm.mismatched_sas':
            case 'm.key_mismatch':
                return 'differed';
            case 'm.timeout':
                return 'timeout';
            case 'm.accepted':
                return 'elsewhere';
            default:
                return 'cancelled';
        }
    }

    async #named(): Promise<void> {
        const id = this.#request.otherDeviceId;
        if (!id || this.snapshot().device?.id === id) {
            return;
        }
        const name = await this.#deviceName(id);
        this.publish({ ...this.snapshot(), device: { id, name } });
    }
}

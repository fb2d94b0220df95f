/** Records a voice note: what the microphone hears, and how loud it is ten times a second. */

export interface Recording {
    readonly blob: Blob;
    readonly durationMs: number;
    readonly waveform: readonly number[];
}

const TYPES = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4'];
const SAMPLE_MS = 100;
const LENGTH_MS_MAX = 15 * 60_000;
const BARS_MAX = 120;

export class Recorder {
    readonly #recorder: MediaRecorder;
    readonly #stream: MediaStream;
    readonly #context: AudioContext;
    readonly #chunks: Blob[] = [];
    readonly #heights: number[] = [];
    readonly #timer: ReturnType<typeof setInterval>;
    readonly #began = performance.now();

    private constructor(stream: MediaStream, onLevel: (heights: readonly number[]) => void) {
        this.#stream = stream;
        const type = TYPES.find((each) => MediaRecorder.isTypeSupported(each));
        this.#recorder = new MediaRecorder(stream, {
            ...(type ? { mimeType: type } : {}),
            audioBitsPerSecond: 24_000,
        });
        this.#recorder.addEventListener('dataavailable', (event) => this.#chunks.push(event.data));
        this.#context = new AudioContext();
        const ear = this.#context.createAnalyser();
        ear.fftSize = 2_048;
        this.#context.createMediaStreamSource(stream).connect(ear);
        const samples = new Float32Array(ear.fftSize);
        this.#timer = setInterval(() => {
            ear.getFloatTimeDomainData(samples);
            this.#heights.push(loudness(samples));
            onLevel(this.#heights);
            if (this.durationMs > LENGTH_MS_MAX && this.#recorder.state === 'recording') {
                this.#recorder.pause();
            }
        }, SAMPLE_MS);
        this.#recorder.start(1_000);
    }

    /** Asks for the microphone; rejects when it is refused or not there. */
    static async begin(onLevel: (heights: readonly number[]) => void): Promise<Recorder> {
        const stream = await navigator.mediaDevices.getUserMedia({
            audio: { echoCancellation: true, noiseSuppression: true, channelCount: 1 },
        });
        return new Recorder(stream, onLevel);
    }

    get durationMs(): number {
        return performance.now() - this.#began;
    }

    async finish(): Promise<Recording> {
        const durationMs = Math.min(LENGTH_MS_MAX, Math.round(this.durationMs));
        const ended = new Promise<void>((resolve) => {
            this.#recorder.addEventListener('stop', () => resolve(), { once: true });
        });
        this.#recorder.stop();
        await ended;
        this.#release();
        const blob = new Blob(this.#chunks, { type: this.#recorder.mimeType.split(';')[0] ?? '' });
        return { blob, durationMs, waveform: condensed(this.#heights, BARS_MAX) };
    }

    discard(): void {
        if (this.#recorder.state !== 'inactive') this.#recorder.stop();
        this.#release();
    }

    #release(): void {
        clearInterval(this.#timer);
        for (const track of this.#stream.getTracks()) track.stop();
        void this.#context.close();
    }
}

/** Loudness from 0 to 1, as the ear hears it rather than as the number says. */
export function loudness(samples: Float32Array): number {
    let sum = 0;
    for (const sample of samples) sum += sample * sample;
    const rms = Math.sqrt(sum / Math.max(1, samples.length));
    return Math.min(1, Math.max(0, 1 + Math.log10(Math.max(rms, 0.001)) / 2.5));
}

/** At most so many heights; each stands for the loudest of its part. */
export function condensed(heights: readonly number[], max: number): number[] {
    if (heights.length <= max) return [...heights];
    const out: number[] = [];
    for (let n = 0; n < max; n++) {
        const from = Math.floor((n * heights.length) / max);
        const to = Math.floor(((n + 1) * heights.length) / max);
        out.push(Math.max(...heights.slice(from, Math.max(from + 1, to))));
    }
    return out;
}

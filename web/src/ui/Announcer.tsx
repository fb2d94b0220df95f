import { useSaid } from './announce.ts';

/** Off the screen; once, near the root. */
export function Announcer() {
    const words = useSaid((state) => state.words);
    return (
        <div className="sr" role="log" aria-live="polite">
            <p>{words[0]}</p>
            <p>{words[1]}</p>
        </div>
    );
}

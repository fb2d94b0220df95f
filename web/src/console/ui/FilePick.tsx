import { type ReactNode, useId } from 'react';

interface FilePickProps {
    label: string;
    hint?: ReactNode;
    /** Called with what the file says. */
    onWords: (words: string) => void;
}

const BYTES_MAX = 256 * 1024;

/** A small file of words, as the custodians' program writes them. */
export function FilePick({ label, hint, onWords }: FilePickProps) {
    const id = useId();
    return (
        <div className="field">
            <label htmlFor={id}>{label}</label>
            {hint ? (
                <p className="hint" id={`${id}-hint`}>
                    {hint}
                </p>
            ) : null}
            <input
                className="input"
                id={id}
                type="file"
                aria-describedby={hint ? `${id}-hint` : undefined}
                onClick={(event) => {
                    event.currentTarget.value = ''; // So that the same file, changed, is read again.
                }}
                onChange={(event) => {
                    const file = event.target.files?.[0];
                    void file?.slice(0, BYTES_MAX).text().then(onWords);
                }}
            />
        </div>
    );
}

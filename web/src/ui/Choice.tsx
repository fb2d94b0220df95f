import { useId } from 'react';

interface ChoiceProps<V extends string> {
    label: string;
    value: V;
    options: readonly (readonly [value: V, words: string, hint?: string])[];
    onChange: (value: V) => void;
}

/** One of a few, all of them in sight. */
export function Choice<V extends string>({ label, value, options, onChange }: ChoiceProps<V>) {
    const name = useId();
    return (
        <fieldset className="few">
            <legend className="sr">{label}</legend>
            {options.map(([option, words, hint]) => (
                <label key={option}>
                    <input
                        type="radio"
                        className="check"
                        name={name}
                        value={option}
                        checked={option === value}
                        onChange={() => onChange(option)}
                    />
                    <span>
                        {words}
                        {hint ? <span className="hint">{hint}</span> : null}
                    </span>
                </label>
            ))}
        </fieldset>
    );
}

interface SwitchProps {
    label: string;
    hint?: React.ReactNode;
    on: boolean;
    disabled?: boolean;
    onChange: (on: boolean) => void;
}

/** On or off, at once. */
export function Switch({ label, hint, on, disabled = false, onChange }: SwitchProps) {
    const id = useId();
    return (
        <div className="switch-line">
            <label htmlFor={id}>{label}</label>
            <input
                id={id}
                type="checkbox"
                role="switch"
                aria-checked={on}
                className="switch"
                checked={on}
                disabled={disabled}
                aria-describedby={hint ? `${id}-hint` : undefined}
                onChange={(event) => onChange(event.target.checked)}
            />
            {hint ? (
                <p className="hint" id={`${id}-hint`}>
                    {hint}
                </p>
            ) : null}
        </div>
    );
}

import { useLingui } from '@lingui/react/macro';
import { useId, useState } from 'react';
import { Icon } from './Icon.tsx';

interface FieldProps {
    label: string;
    value: string;
    onChange: (value: string) => void;
    hint?: React.ReactNode;
    /** What is wrong with it, in a sentence. */
    error?: React.ReactNode;
    type?: 'text' | 'password';
    autoComplete?: string;
    /** For names that are no words: no correction, no capitals. */
    exact?: boolean;
    affix?: string | undefined;
    autoFocus?: boolean;
}

/** A labelled field; hint and fault are read out with it. */
export function Field({ label, hint, error, type = 'text', affix, ...rest }: FieldProps) {
    const id = useId();
    const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].join(' ').trim();
    const input = (
        <Input
            {...rest}
            id={id}
            type={type}
            described={described}
            bad={error !== undefined && error !== null && error !== false}
        />
    );
    return (
        <div className="field">
            <label htmlFor={id}>{label}</label>
            {hint ? (
                <p className="hint" id={`${id}-hint`}>
                    {hint}
                </p>
            ) : null}
            {affix ? (
                <span className="affix">
                    {input}
                    <span>{affix}</span>
                </span>
            ) : (
                input
            )}
            {error ? (
                <p className="error-text" id={`${id}-error`}>
                    <Icon name="error" size={16} />
                    <span>{error}</span>
                </p>
            ) : null}
        </div>
    );
}

interface InputProps extends Omit<FieldProps, 'label' | 'hint' | 'error' | 'affix'> {
    id: string;
    described: string;
    bad: boolean;
}

function Input({ id, type, described, bad, exact, value, onChange, ...rest }: InputProps) {
    const { t } = useLingui();
    const [shown, setShown] = useState(false);
    const field = (
        <input
            className={bad ? 'input bad' : 'input'}
            id={id}
            type={type === 'password' && shown ? 'text' : type}
            value={value}
            aria-describedby={described === '' ? undefined : described}
            aria-invalid={bad || undefined}
            autoComplete={rest.autoComplete}
            // biome-ignore lint/a11y/noAutofocus: the only field of a page that is asked for.
            autoFocus={rest.autoFocus}
            onChange={(event) => onChange(event.target.value)}
            {...(exact || type === 'password'
                ? { autoCapitalize: 'none', autoCorrect: 'off', spellCheck: false }
                : {})}
        />
    );
    if (type !== 'password') {
        return field;
    }
    return (
        <span className="password">
            {field}
            <button
                type="button"
                className="icon-btn"
                aria-pressed={shown}
                aria-label={t`Show the password`}
                title={t`Show the password`}
                onClick={() => setShown(!shown)}
            >
                <Icon name={shown ? 'eyeoff' : 'eye'} />
            </button>
        </span>
    );
}

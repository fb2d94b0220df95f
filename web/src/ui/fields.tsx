import type { ReactNode, Ref } from 'react';
import { TextField as AriaTextField, FieldError, Input, Label, Text } from 'react-aria-components';
import { Icon } from './Icon.tsx';

interface TextFieldProps {
    label: string;
    value: string;
    onChange: (value: string) => void;
    hint?: ReactNode;
    /** What is wrong, in a sentence. */
    error?: string | undefined;
    type?: 'text' | 'password' | 'email' | 'url' | 'date';
    autoComplete?: string;
    maxLength?: number;
    required?: boolean;
    autoFocus?: boolean;
    ref?: Ref<HTMLInputElement>;
}

export function TextField({
    label,
    hint,
    error,
    required,
    autoFocus,
    ref,
    ...rest
}: TextFieldProps) {
    return (
        <AriaTextField
            {...rest}
            className="field"
            isInvalid={error !== undefined}
            isRequired={required ?? false}
            autoFocus={autoFocus ?? false}
        >
            <Label>{label}</Label>
            <Input className={error ? 'input bad' : 'input'} {...(ref ? { ref } : {})} />
            {hint ? (
                <Text slot="description" className="hint">
                    {hint}
                </Text>
            ) : null}
            <FieldError className="error-text">
                {error ? (
                    <>
                        <Icon name="error" size={16} />
                        {error}
                    </>
                ) : null}
            </FieldError>
        </AriaTextField>
    );
}

interface SearchBoxProps {
    label: string;
    placeholder: string;
    value: string;
    onChange: (value: string) => void;
    onKeyDown?: (event: React.KeyboardEvent<HTMLInputElement>) => void;
    ref?: Ref<HTMLInputElement>;
}

export function SearchBox({ label, placeholder, value, onChange, onKeyDown, ref }: SearchBoxProps) {
    return (
        <label className="search">
            <Icon name="search" />
            <span className="sr">{label}</span>
            <input
                ref={ref}
                type="search"
                placeholder={placeholder}
                value={value}
                onChange={(event) => onChange(event.target.value)}
                onKeyDown={onKeyDown}
            />
        </label>
    );
}

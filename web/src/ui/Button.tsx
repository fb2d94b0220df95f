import type { ReactNode, Ref } from 'react';
import {
    Button as AriaButton,
    type ButtonProps as AriaButtonProps,
    TooltipTrigger,
} from 'react-aria-components';
import { Icon, type IconName } from './Icon.tsx';
import { Tip } from './Tip.tsx';

interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
    /** `main` once on a screen, `danger` only for what destroys. */
    look?: 'plain' | 'main' | 'danger' | 'quiet';
    small?: boolean;
    wide?: boolean;
    icon?: IconName;
    children: ReactNode;
    ref?: Ref<HTMLButtonElement>;
}

export function Button({ look = 'plain', small, wide, icon, children, ref, ...rest }: ButtonProps) {
    const names = ['btn'];
    if (look !== 'plain') names.push(`btn-${look}`);
    if (small) names.push('btn-sm');
    if (wide) names.push('btn-wide');
    return (
        <AriaButton {...rest} {...(ref ? { ref } : {})} className={names.join(' ')}>
            {icon ? <Icon name={icon} size={small ? 16 : 20} /> : null}
            {children}
        </AriaButton>
    );
}

interface IconButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
    icon: IconName;
    /** What the button does: read out, and shown when it is pointed at. */
    label: string;
    solid?: boolean;
    dense?: boolean;
    className?: string;
    ref?: Ref<HTMLButtonElement>;
}

export function IconButton({
    icon,
    label,
    solid,
    dense,
    className,
    ref,
    ...rest
}: IconButtonProps) {
    const names = ['icon-btn'];
    if (solid) names.push('solid');
    if (dense) names.push('dense');
    if (className) names.push(className);
    return (
        <TooltipTrigger delay={600} closeDelay={0}>
            <AriaButton
                {...rest}
                {...(ref ? { ref } : {})}
                aria-label={label}
                className={names.join(' ')}
            >
                <Icon name={icon} />
            </AriaButton>
            <Tip>{label}</Tip>
        </TooltipTrigger>
    );
}

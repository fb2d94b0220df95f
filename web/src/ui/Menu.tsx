import { type ReactElement, type ReactNode, type RefObject, useEffect } from 'react';
import {
    Menu as AriaMenu,
    MenuItem as AriaMenuItem,
    MenuTrigger,
    Popover,
    Separator,
    SubmenuTrigger,
} from 'react-aria-components';
import { Icon, type IconName } from './Icon.tsx';
import { ignoreLift } from './lift.ts';

interface MenuProps {
    label: string;
    /** The button that opens it. */
    trigger: ReactElement;
    onAction: (id: string) => void;
    children: ReactNode;
}

/** A button and the menu that it opens. */
export function Menu({ label, trigger, onAction, children }: MenuProps) {
    return (
        <MenuTrigger>
            {trigger}
            <Popover className="popover menu-popover" offset={4}>
                <AriaMenu
                    className="menu"
                    aria-label={label}
                    onAction={(key) => onAction(String(key))}
                >
                    {children}
                </AriaMenu>
            </Popover>
        </MenuTrigger>
    );
}

interface MenuAtProps {
    label: string;
    /** What the menu belongs to; it opens beside it. */
    anchor: RefObject<HTMLElement | null>;
    onAction: (id: string) => void;
    onClose: () => void;
    children: ReactNode;
}

/** A menu beside something that is no button, such as a message. */
export function MenuAt({ label, anchor, onAction, onClose, children }: MenuAtProps) {
    useEffect(ignoreLift, []);
    return (
        <Popover
            className="popover menu-popover"
            aria-label={label}
            triggerRef={anchor}
            isOpen
            offset={2}
            placement="bottom start"
            onOpenChange={(is) => {
                if (!is) onClose();
            }}
        >
            <AriaMenu
                className="menu"
                aria-label={label}
                autoFocus="first"
                onAction={(key) => onAction(String(key))}
                onClose={onClose}
            >
                {children}
            </AriaMenu>
        </Popover>
    );
}

interface MenuItemProps {
    id: string;
    icon?: IconName;
    danger?: boolean;
    hint?: string;
    children: string;
}

export function MenuItem({ id, icon, danger, hint, children }: MenuItemProps) {
    return (
        <AriaMenuItem
            id={id}
            textValue={children}
            className={danger ? 'menu-item danger in' : 'menu-item in'}
        >
            {icon ? <Icon name={icon} /> : null}
            <span className="grow">{children}</span>
            {hint ? <kbd>{hint}</kbd> : null}
        </AriaMenuItem>
    );
}

interface SubMenuProps extends MenuItemProps {
    onAction: (id: string) => void;
    items: ReactNode;
}

export function SubMenu({ id, icon, children, items, onAction }: SubMenuProps) {
    return (
        <SubmenuTrigger>
            <AriaMenuItem id={id} textValue={children} className="menu-item in">
                {icon ? <Icon name={icon} /> : null}
                <span className="grow">{children}</span>
                <Icon name="right" size={16} />
            </AriaMenuItem>
            <Popover className="popover menu-popover" offset={-4}>
                <AriaMenu
                    className="menu"
                    aria-label={children}
                    onAction={(key) => onAction(String(key))}
                >
                    {items}
                </AriaMenu>
            </Popover>
        </SubmenuTrigger>
    );
}

export function MenuLine() {
    return <Separator className="menu-line" />;
}

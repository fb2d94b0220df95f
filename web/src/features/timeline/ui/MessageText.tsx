import { useLingui } from '@lingui/react/macro';
import { createElement, type ReactNode, useMemo, useState } from 'react';
import type { Message } from '../../../matrix/index.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { cut, isJumbo, readHtml, readPlain, type SafeNode, textOf } from '../model/safeHtml.ts';

const FOLD_LETTERS = 1_400;
const FOLD_LINES = 24;

interface MessageTextProps {
    message: Pick<Message, 'text' | 'html' | 'id'>;
    /** The reader's own id, so that a mention of the reader stands out. */
    me: string;
    /** Whether what is inside can be reached with Tab. */
    reachable: boolean;
    /** What stands at the end of the last line, which keeps room for it. */
    space?: string | undefined;
}

/** The words of a message. A very long one shows its beginning and a button for the rest. */
export function MessageText({ message, me, reachable, space }: MessageTextProps) {
    const { t } = useLingui();
    const [whole, setWhole] = useState(false);
    const { text, html } = message;
    const nodes = useMemo(() => (html ? readHtml(html) : readPlain(text)), [text, html]);
    const short = useMemo(() => cut(nodes, FOLD_LETTERS, FOLD_LINES), [nodes]);
    const shown = whole ? nodes : short.nodes;
    const jumbo = !html && isJumbo(text);
    return (
        <>
            <span className={jumbo ? 'body jumbo' : 'body'} dir="auto" data-space={space}>
                {shown.map((node, n) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the tree is made anew when it changes.
                    <Node key={n} node={node} me={me} reachable={reachable} />
                ))}
            </span>
            {short.folded ? (
                <button
                    type="button"
                    className="unfold"
                    tabIndex={reachable ? 0 : -1}
                    aria-expanded={whole}
                    onClick={() => setWhole(!whole)}
                >
                    {whole ? t`Show less` : t`Show the whole message`}
                </button>
            ) : null}
        </>
    );
}

interface NodeProps {
    node: SafeNode;
    me: string;
    reachable: boolean;
}

const ELEMENTS: Partial<Record<string, string>> = {
    b: 'strong',
    i: 'em',
    heading: 'strong',
    group: 'div',
};

function Node({ node, me, reachable }: NodeProps): ReactNode {
    if (node.kind === 'text') return node.text;
    const inside = node.children.map((child, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above.
        <Node key={n} node={child} me={me} reachable={reachable} />
    ));
    if (node.kind === 'mention') {
        const sign = textOf(node.children).startsWith('@') ? '' : '@';
        return (
            <bdi className={node.userId === me ? 'mention me' : 'mention'}>
                {sign}
                {inside}
            </bdi>
        );
    }
    if (node.kind === 'spoiler') {
        return (
            <Spoiler reason={node.reason} reachable={reachable}>
                {inside}
            </Spoiler>
        );
    }
    if (node.kind === 'link') {
        return (
            <>
                <a
                    href={node.href}
                    target="_blank"
                    rel="noreferrer noopener nofollow"
                    tabIndex={reachable ? 0 : -1}
                >
                    {inside}
                </a>
                {node.deceptive ? <span className="leads-to"> ({node.host})</span> : null}
            </>
        );
    }
    const tag = ELEMENTS[node.tag] ?? node.tag;
    if (tag === 'br' || tag === 'hr') return createElement(tag);
    if (node.tag === 'details') {
        return <div className="details">{inside}</div>;
    }
    const attributes: Record<string, unknown> = {};
    if (node.tag === 'heading') attributes.className = 'heading';
    if (node.tag === 'summary') return <strong className="heading">{inside}</strong>;
    if (node.tag === 'ol' && node.start !== undefined) attributes.start = node.start;
    if (node.tag === 'pre') {
        attributes.dir = 'ltr';
        attributes.tabIndex = reachable ? 0 : -1;
    }
    if (node.tag === 'table') {
        return (
            <div className="scroll-x">
                <table>{inside}</table>
            </div>
        );
    }
    return createElement(tag, attributes, ...inside);
}

interface SpoilerProps {
    reason: string;
    reachable: boolean;
    children: ReactNode;
}

/** Hidden until it is asked for, from the eye and from the screen reader alike. */
function Spoiler({ reason, reachable, children }: SpoilerProps) {
    const { t } = useLingui();
    const [open, setOpen] = useState(false);
    if (open) return <span className="spoiler open">{children}</span>;
    return (
        <button
            type="button"
            className="spoiler"
            tabIndex={reachable ? 0 : -1}
            onClick={() => setOpen(true)}
        >
            <Icon name="eyeoff" size={14} />
            {reason ? t`Hidden: ${reason}` : t`Hidden. Show it`}
        </button>
    );
}

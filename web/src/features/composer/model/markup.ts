/**
 * Marks that people know from other messengers, *bold* _italic_ ~struck~ `code`, turned into the
 * formatted body of a message. What is typed stays the plain body, so nothing is lost where
 * formatting is not shown.
 */

export interface Mention {
    /** What stands in the text, with its "@". */
    label: string;
    /** The person, or "room" for everybody in the chat. */
    userId: string;
}

export interface Written {
    body: string;
    formattedBody?: string;
    mentions: { userIds: string[]; room: boolean };
}

export const ROOM_MENTION = 'room';

export function escapeHtml(text: string): string {
    return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** The text as it is sent: plain, and formatted only when a mark or a mention asks for it. */
export function write(text: string, mentions: readonly Mention[]): Written {
    const body = text.replace(/\r\n?/g, '\n').trim();
    const used = mentions.filter((each) => body.includes(each.label));
    const html = blocks(body.split('\n'), longestFirst(used));
    const written: Written = {
        body,
        mentions: {
            userIds: [
                ...new Set(used.filter((m) => m.userId !== ROOM_MENTION).map((m) => m.userId)),
            ],
            room: used.some((each) => each.userId === ROOM_MENTION),
        },
    };
    if (html !== escapeHtml(body).replaceAll('\n', '<br>')) written.formattedBody = html;
    return written;
}

function longestFirst(mentions: readonly Mention[]): Mention[] {
    return [...mentions].sort((a, b) => b.label.length - a.label.length);
}

interface Line {
    html: string;
    block: boolean;
}

function blocks(lines: readonly string[], mentions: readonly Mention[]): string {
    const out: Line[] = [];
    let at = 0;
    while (at < lines.length) {
        const taken =
            fence(lines, at, out) ||
            run(lines, at, /^>\s?(.*)$/, (inner) => {
                out.push({
                    html: `<blockquote>${blocks(inner, mentions)}</blockquote>`,
                    block: true,
                });
            }) ||
            run(lines, at, /^[-•]\s+(.+)$/, (inner) => {
                out.push({ html: list('ul', inner, mentions), block: true });
            }) ||
            numbered(lines, at, mentions, out);
        if (taken > 0) at += taken;
        else {
            out.push({ html: inline(lines[at] ?? '', mentions), block: false });
            at++;
        }
    }
    return out
        .map((line, n) => {
            const next = out[n + 1];
            return line.html + (next && !line.block && !next.block ? '<br>' : '');
        })
        .join('');
}

function fence(lines: readonly string[], at: number, out: Line[]): number {
    const opening = /^```([\w+#-]{0,30})\s*(.*)$/.exec(lines[at] ?? '');
    if (!opening) return 0;
    const first = opening[2] ?? '';
    if (first.endsWith('```') && first.length > 3) {
        out.push({
            html: `<pre><code>${escapeHtml(first.slice(0, -3))}</code></pre>`,
            block: true,
        });
        return 1;
    }
    const end = lines.findIndex((line, n) => n > at && line.trimEnd().endsWith('```'));
    if (end < 0) return 0;
    const last = (lines[end] ?? '').trimEnd().slice(0, -3);
    const code = [...(first ? [first] : []), ...lines.slice(at + 1, end), ...(last ? [last] : [])];
    const language = opening[1] ? ` class="language-${opening[1]}"` : '';
    const html = `<pre><code${language}>${escapeHtml(code.join('\n'))}\n</code></pre>`;
    out.push({ html, block: true });
    return end - at + 1;
}

/** How many lines from `at` on match; their inner texts are handed to `use`. */
function run(
    lines: readonly string[],
    at: number,
    pattern: RegExp,
    use: (inner: string[]) => void,
): number {
    const inner: string[] = [];
    for (let n = at; n < lines.length; n++) {
        const found = pattern.exec(lines[n] ?? '');
        if (!found) break;
        inner.push(found[1] ?? '');
    }
    if (inner.length > 0) use(inner);
    return inner.length;
}

function list(tag: 'ul' | 'ol', items: readonly string[], mentions: readonly Mention[]): string {
    return `<${tag}>${items.map((item) => `<li>${inline(item, mentions)}</li>`).join('')}</${tag}>`;
}

/** A numbered list begins at any number, and goes on only while the numbers do. */
function numbered(
    lines: readonly string[],
    at: number,
    mentions: readonly Mention[],
    out: Line[],
): number {
    const items: string[] = [];
    const first = Number(/^(\d{1,4})[.)]\s+\S/.exec(lines[at] ?? '')?.[1] ?? Number.NaN);
    if (Number.isNaN(first)) return 0;
    for (let n = at; n < lines.length; n++) {
        const found = /^(\d{1,4})[.)]\s+(.+)$/.exec(lines[n] ?? '');
        if (!found || Number(found[1]) !== first + items.length) break;
        items.push(found[2] ?? '');
    }
    if (items.length < 2 && first !== 1) return 0;
    const html = list('ol', items, mentions);
    out.push({
        html: first === 1 ? html : html.replace('<ol>', `<ol start="${first}">`),
        block: true,
    });
    return items.length;
}

const MARKS: readonly { sign: string; tag: string; open: string; close: string }[] = [
    { sign: '*', tag: 'strong', open: '<strong>', close: '</strong>' },
    { sign: '_', tag: 'em', open: '<em>', close: '</em>' },
    { sign: '~', tag: 'del', open: '<del>', close: '</del>' },
    { sign: '||', tag: 'spoiler', open: '<span data-mx-spoiler>', close: '</span>' },
];

/** A mark opens before a letter and after none, and closes the other way round, on one line. */
function inline(text: string, mentions: readonly Mention[]): string {
    let out = '';
    let at = 0;
    while (at < text.length) {
        const piece =
            address(text, at) ??
            code(text, at) ??
            mention(text, at, mentions) ??
            marked(text, at, mentions);
        if (piece) {
            out += piece.html;
            at += piece.length;
        } else {
            out += escapeHtml(text[at] ?? '');
            at++;
        }
    }
    return out;
}

interface Piece {
    html: string;
    length: number;
}

/** An address is taken whole, so that its underscores are no marks. */
function address(text: string, at: number): Piece | undefined {
    if (!/^https?:\/\//i.test(text.slice(at, at + 8))) return undefined;
    const whole = /^\S+/.exec(text.slice(at))?.[0] ?? '';
    const trimmed = whole.replace(/[*_~|]+$/, '');
    return { html: escapeHtml(trimmed), length: trimmed.length };
}

function code(text: string, at: number): Piece | undefined {
    if (text[at] !== '`') return undefined;
    const end = text.indexOf('`', at + 1);
    if (end <= at + 1) return undefined;
    return { html: `<code>${escapeHtml(text.slice(at + 1, end))}</code>`, length: end - at + 1 };
}

function mention(text: string, at: number, mentions: readonly Mention[]): Piece | undefined {
    if (text[at] !== '@') return undefined;
    const found = mentions.find((each) => text.startsWith(each.label, at));
    if (!found) return undefined;
    if (found.userId === ROOM_MENTION) return { html: '@room', length: found.label.length };
    const shown = escapeHtml(found.label.slice(1));
    const href = `https://matrix.to/#/${encodeURIComponent(found.userId)}`;
    return { html: `<a href="${href}">${shown}</a>`, length: found.label.length };
}

function marked(text: string, at: number, mentions: readonly Mention[]): Piece | undefined {
    const mark = MARKS.find((each) => text.startsWith(each.sign, at));
    if (!mark || isWord(text[at - 1])) return undefined;
    const from = at + mark.sign.length;
    if (
        text[from] === undefined ||
        /\s/.test(text[from] ?? '') ||
        text.startsWith(mark.sign, from)
    ) {
        return undefined;
    }
    for (
        let end = text.indexOf(mark.sign, from + 1);
        end > 0;
        end = text.indexOf(mark.sign, end + 1)
    ) {
        if (/\s/.test(text[end - 1] ?? '') || isWord(text[end + mark.sign.length])) continue;
        const inner = inline(text.slice(from, end), mentions);
        return { html: mark.open + inner + mark.close, length: end + mark.sign.length - at };
    }
    return undefined;
}

function isWord(sign: string | undefined): boolean {
    return sign !== undefined && /[\p{L}\p{N}]/u.test(sign);
}

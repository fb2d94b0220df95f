/**
 * What somebody else wrote, made harmless. Message HTML is never given to the browser's parser: it is
 * read here into a small tree that can say only what is allowed, and the view builds elements from that
 * tree. So there is no markup left to escape from, and no Trusted Types policy is needed.
 *
 * Client-Server API, "m.room.message msgtypes": the allowed tags; "mx-reply" goes with what it holds.
 */

export type SafeTag =
    | 'b'
    | 'i'
    | 'u'
    | 's'
    | 'sup'
    | 'sub'
    | 'code'
    | 'pre'
    | 'p'
    | 'blockquote'
    | 'ul'
    | 'ol'
    | 'li'
    | 'br'
    | 'hr'
    | 'heading'
    | 'table'
    | 'thead'
    | 'tbody'
    | 'tr'
    | 'th'
    | 'td'
    | 'details'
    | 'summary'
    | 'group';

export type SafeNode =
    | { kind: 'text'; text: string }
    | { kind: 'element'; tag: SafeTag; start?: number; language?: string; children: SafeNode[] }
    | { kind: 'link'; href: string; host: string; deceptive: boolean; children: SafeNode[] }
    | { kind: 'mention'; userId: string; children: SafeNode[] }
    | { kind: 'spoiler'; reason: string; children: SafeNode[] };

const NODES_MAX = 4_000;
const DEPTH_MAX = 24;
const INPUT_LENGTH_MAX = 131_072;

const PLAIN_TAGS: Readonly<Record<string, SafeTag>> = {
    b: 'b',
    strong: 'b',
    i: 'i',
    em: 'i',
    u: 'u',
    s: 's',
    del: 's',
    strike: 's',
    sup: 'sup',
    sub: 'sub',
    code: 'code',
    pre: 'pre',
    p: 'p',
    div: 'group',
    blockquote: 'blockquote',
    ul: 'ul',
    ol: 'ol',
    li: 'li',
    h1: 'heading',
    h2: 'heading',
    h3: 'heading',
    h4: 'heading',
    h5: 'heading',
    h6: 'heading',
    table: 'table',
    thead: 'thead',
    tbody: 'tbody',
    tr: 'tr',
    th: 'th',
    td: 'td',
    caption: 'p',
    details: 'details',
    summary: 'summary',
};

/** What is dropped together with all it holds. */
const DROPPED = new Set([
    'script',
    'style',
    'iframe',
    'object',
    'embed',
    'noscript',
    'template',
    'textarea',
    'title',
    'svg',
    'math',
    'select',
    'head',
    'xmp',
    'noembed',
    'noframes',
    'plaintext',
    'mx-reply',
]);
const VOID = new Set(['br', 'hr', 'img', 'input', 'meta', 'link', 'base', 'wbr', 'area', 'source']);
const CLOSES_ITSELF: ReadonlyMap<string, ReadonlySet<string>> = new Map([
    ['li', new Set(['li'])],
    ['p', new Set(['p'])],
    ['tr', new Set(['tr', 'td', 'th'])],
    ['td', new Set(['td', 'th'])],
    ['th', new Set(['td', 'th'])],
]);

const ENTITIES: Readonly<Record<string, string>> = {
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: '\u00a0',
    copy: '©',
    reg: '®',
    trade: '™',
    hellip: '…',
    mdash: '—',
    ndash: '–',
    lsquo: '‘',
    rsquo: '’',
    ldquo: '“',
    rdquo: '”',
    sbquo: '‚',
    bdquo: '„',
    laquo: '«',
    raquo: '»',
    bull: '•',
    middot: '·',
    euro: '€',
    pound: '£',
    sect: '§',
    deg: '°',
    plusmn: '±',
    times: '×',
    divide: '÷',
    frac12: '½',
    szlig: 'ß',
    auml: 'ä',
    ouml: 'ö',
    uuml: 'ü',
    Auml: 'Ä',
    Ouml: 'Ö',
    Uuml: 'Ü',
    eacute: 'é',
    egrave: 'è',
    ecirc: 'ê',
    euml: 'ë',
    iuml: 'ï',
    agrave: 'à',
    ccedil: 'ç',
    rarr: '→',
    larr: '←',
};

export function decodeEntities(text: string): string {
    if (!text.includes('&')) return text;
    return text.replace(
        /&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z][a-z0-9]{1,9});?/gi,
        (whole, name: string) => {
            if (name[0] !== '#') return (Object.hasOwn(ENTITIES, name) && ENTITIES[name]) || whole;
            const code = /^#x/i.test(name)
                ? Number.parseInt(name.slice(2), 16)
                : Number(name.slice(1));
            if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
                return '\ufffd';
            return String.fromCodePoint(code);
        },
    );
}

interface Tag {
    name: string;
    closing: boolean;
    attributes: Map<string, string>;
    end: number;
}

const TAG_NAME = /[a-z][a-z0-9-]*/iy;
const ATTRIBUTE = /[\s/]*([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/y;
const TAG_END = /[^>]*>/y;

/** Reads one tag at `at` (which holds '<'); undefined when it is no tag but only a '<'. */
function readTag(html: string, at: number): Tag | undefined {
    const closing = html[at + 1] === '/';
    TAG_NAME.lastIndex = at + (closing ? 2 : 1);
    const name = TAG_NAME.exec(html)?.[0].toLowerCase();
    if (name === undefined) return undefined;
    const attributes = new Map<string, string>();
    let position = TAG_NAME.lastIndex;
    for (let n = 0; n < 32; n++) {
        ATTRIBUTE.lastIndex = position;
        const found = ATTRIBUTE.exec(html);
        if (!found?.[1]) break;
        const key = found[1].toLowerCase();
        if (!attributes.has(key)) {
            attributes.set(key, decodeEntities(found[2] ?? found[3] ?? found[4] ?? ''));
        }
        position = ATTRIBUTE.lastIndex;
    }
    TAG_END.lastIndex = position;
    const end = TAG_END.exec(html) ? TAG_END.lastIndex : html.length;
    return { name, closing, attributes, end };
}

interface Open {
    name: string;
    children: SafeNode[];
}

class Reader {
    private readonly root: Open = { name: '', children: [] };
    private readonly open: Open[] = [this.root];
    private nodes = 0;

    private readonly html: string;

    constructor(html: string) {
        this.html = html;
    }

    read(): SafeNode[] {
        let at = 0;
        while (at < this.html.length && this.nodes < NODES_MAX) {
            const next = this.html.indexOf('<', at);
            if (next < 0) {
                this.text(this.html.slice(at));
                break;
            }
            if (next > at) this.text(this.html.slice(at, next));
            at = this.markup(next);
        }
        return this.root.children;
    }

    private markup(at: number): number {
        if (this.html.startsWith('<!--', at)) {
            const end = this.html.indexOf('-->', at + 4);
            return end < 0 ? this.html.length : end + 3;
        }
        if (this.html[at + 1] === '!' || this.html[at + 1] === '?') {
            const end = this.html.indexOf('>', at);
            return end < 0 ? this.html.length : end + 1;
        }
        const tag = readTag(this.html, at);
        if (!tag) {
            this.text('<');
            return at + 1;
        }
        if (tag.closing) this.close(tag.name);
        else if (DROPPED.has(tag.name)) return this.skipPast(tag);
        else this.start(tag);
        return tag.end;
    }

    private skipPast(tag: Tag): number {
        const close = new RegExp(`</${tag.name}[\\s/>]`, 'gi');
        close.lastIndex = tag.end;
        const found = close.exec(this.html);
        if (!found) return tag.name === 'mx-reply' ? tag.end : this.html.length;
        const end = this.html.indexOf('>', found.index);
        return end < 0 ? this.html.length : end + 1;
    }

    private text(raw: string): void {
        if (raw === '') return;
        this.nodes++;
        this.top().children.push({ kind: 'text', text: decodeEntities(raw) });
    }

    private start(tag: Tag): void {
        this.nodes++;
        const closes = CLOSES_ITSELF.get(tag.name);
        if (closes?.has(this.top().name)) this.open.pop();
        const node = nodeFor(tag);
        if (VOID.has(tag.name)) {
            if (node) this.top().children.push(node);
            return;
        }
        const children = node && node.kind !== 'text' ? node.children : this.top().children;
        if (node) this.top().children.push(node);
        if (this.open.length < DEPTH_MAX) this.open.push({ name: tag.name, children });
    }

    private close(name: string): void {
        const at = this.open.map((each) => each.name).lastIndexOf(name);
        if (at > 0) this.open.length = at;
    }

    private top(): Open {
        return this.open.at(-1) ?? this.root;
    }
}

/** The node that a tag stands for, or undefined when only what it holds is shown. */
function nodeFor(tag: Tag): SafeNode | undefined {
    const { name, attributes } = tag;
    if (name === 'br' || name === 'hr') return { kind: 'element', tag: name, children: [] };
    if (name === 'img') return { kind: 'text', text: attributes.get('alt') ?? '' };
    if (name === 'a') return linkNode(attributes.get('href') ?? '');
    if (name === 'span') {
        const reason = attributes.get('data-mx-spoiler');
        return reason === undefined ? undefined : { kind: 'spoiler', reason, children: [] };
    }
    const plain = Object.hasOwn(PLAIN_TAGS, name) ? PLAIN_TAGS[name] : undefined;
    if (!plain) return undefined;
    const node: SafeNode = { kind: 'element', tag: plain, children: [] };
    if (plain === 'ol') {
        const start = Number(attributes.get('start'));
        if (Number.isInteger(start) && Math.abs(start) < 1e9 && attributes.has('start'))
            node.start = start;
    }
    if (plain === 'code') {
        const language = /(?:^|\s)language-([\w+#-]{1,30})/.exec(
            attributes.get('class') ?? '',
        )?.[1];
        if (language) node.language = language;
    }
    return node;
}

const SCHEMES = new Set(['https:', 'http:', 'mailto:', 'tel:']);

function linkNode(href: string): SafeNode | undefined {
    const userId = mentionedUser(href);
    if (userId) return { kind: 'mention', userId, children: [] };
    const url = safeUrl(href);
    if (!url) return undefined;
    return { kind: 'link', href: url.href, host: url.host, deceptive: false, children: [] };
}

/** A user named by a matrix.to or matrix: link. */
export function mentionedUser(href: string): string | undefined {
    const to = /^https:\/\/matrix\.to\/#\/(@[^?/]+|%40[^?/]+)(?:\?.*)?$/i.exec(href)?.[1];
    const uri = /^matrix:u\/([^?/]+)(?:\?.*)?$/i.exec(href)?.[1];
    const raw = to ?? (uri === undefined ? undefined : `@${uri}`);
    if (raw === undefined) return undefined;
    try {
        const id = decodeURIComponent(raw);
        return /^@[\x21-\x39\x3b-\x7e]*:[\w.:[\]-]+$/.test(id) && id.length <= 255 ? id : undefined;
    } catch {
        return undefined;
    }
}

/** An address that may be followed: absolute, of a known scheme, without tricks of direction. */
export function safeUrl(href: string): URL | undefined {
    if (href.length > 4_096 || hasBidiControls(href)) return undefined;
    try {
        const url = new URL(href.trim());
        if (!SCHEMES.has(url.protocol)) return undefined;
        if (url.username !== '' || url.password !== '') return undefined;
        return url;
    } catch {
        return undefined;
    }
}

// Overrides, embeddings and isolates: they can make a name or an address read as another one.
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/gu;

export function hasBidiControls(text: string): boolean {
    BIDI_CONTROLS.lastIndex = 0;
    return BIDI_CONTROLS.test(text);
}

/** A name that reads as it is: no direction controls, no control characters, one line. */
export function plainName(text: string): string {
    return text
        .replace(BIDI_CONTROLS, '')
        .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
        .trim();
}

export function readHtml(html: string): SafeNode[] {
    const nodes = new Reader(html.slice(0, INPUT_LENGTH_MAX)).read();
    return finish(nodes, { links: true, keepSpace: false });
}

export function readPlain(text: string): SafeNode[] {
    const nodes: SafeNode[] = [];
    const lines = text.slice(0, INPUT_LENGTH_MAX).replace(/\r\n?/g, '\n').split('\n');
    for (const [n, line] of lines.slice(0, NODES_MAX / 2).entries()) {
        if (n > 0) nodes.push({ kind: 'element', tag: 'br', children: [] });
        nodes.push(...linkify(line));
    }
    return nodes;
}

interface Finish {
    links: boolean;
    keepSpace: boolean;
}

/** Marks links that lie about where they lead, finds addresses in text, trims empty ends. */
function finish(nodes: readonly SafeNode[], how: Finish): SafeNode[] {
    const out: SafeNode[] = [];
    for (const node of nodes) {
        if (node.kind === 'text') {
            const text = how.keepSpace ? node.text : node.text.replace(/[ \t\r\n\f]+/g, ' ');
            if (text === ' ' && (out.length === 0 || isBlock(out.at(-1)))) continue;
            if (text !== '')
                out.push(...(how.links ? linkify(text) : [{ kind: 'text' as const, text }]));
            continue;
        }
        const code = node.kind === 'element' && (node.tag === 'code' || node.tag === 'pre');
        const inside = {
            links: how.links && !code && node.kind !== 'link' && node.kind !== 'mention',
            keepSpace: how.keepSpace || (node.kind === 'element' && node.tag === 'pre'),
        };
        const children = finish(node.children, inside);
        if (node.kind === 'link') {
            out.push({
                ...node,
                children,
                deceptive: namesAnotherHost(textOf(children), node.host),
            });
        } else out.push({ ...node, children });
    }
    return out;
}

function isBlock(node: SafeNode | undefined): boolean {
    return (
        node?.kind === 'element' &&
        !['b', 'i', 'u', 's', 'sup', 'sub', 'code', 'br'].includes(node.tag)
    );
}

function namesAnotherHost(shown: string, host: string): boolean {
    const named = /(?:^|[\s/@])((?:[a-z0-9\u00a1-\uffff-]+\.)+[a-z\u00a1-\uffff]{2,})/iu.exec(
        shown,
    )?.[1];
    if (named === undefined) return false;
    const bare = (name: string) => name.toLowerCase().replace(/^www\./, '');
    return bare(named) !== bare(host.replace(/:\d+$/, ''));
}

export function textOf(nodes: readonly SafeNode[]): string {
    return nodes
        .map((node) => {
            if (node.kind === 'text') return node.text;
            if (node.kind === 'element' && (node.tag === 'br' || node.tag === 'hr')) return '\n';
            const inside = textOf(node.children);
            return isBlock(node) ? `${inside}\n` : inside;
        })
        .join('');
}

const ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>"'`\u202a-\u202e\u2066-\u2069]{2,2000}/giu;

/** Text with its addresses as links; the full stop or bracket after an address is not part of it. */
export function linkify(text: string): SafeNode[] {
    const out: SafeNode[] = [];
    let from = 0;
    for (const found of text.matchAll(ADDRESS)) {
        const shown = trimAddress(found[0]);
        const url = safeUrl(shown.toLowerCase().startsWith('www.') ? `https://${shown}` : shown);
        if (!url) continue;
        if (found.index > from) out.push({ kind: 'text', text: text.slice(from, found.index) });
        out.push({
            kind: 'link',
            href: url.href,
            host: url.host,
            deceptive: false,
            children: [{ kind: 'text', text: shown }],
        });
        from = found.index + shown.length;
    }
    if (from < text.length) out.push({ kind: 'text', text: text.slice(from) });
    return out;
}

function trimAddress(address: string): string {
    let end = address.length;
    while (end > 0) {
        const last = address[end - 1] ?? '';
        if (/[.,;:!?*_~|…”’»]/u.test(last)) end--;
        else if (
            last === ')' &&
            count(address.slice(0, end), ')') > count(address.slice(0, end), '(')
        )
            end--;
        else if (last === ']' && !address.slice(0, end).includes('[')) end--;
        else break;
    }
    return address.slice(0, end);
}

function count(text: string, sign: string): number {
    return text.split(sign).length - 1;
}

export interface Cut {
    nodes: SafeNode[];
    folded: boolean;
}

/** The beginning of a long message: at most so many letters and lines, whole nodes but the last. */
export function cut(nodes: readonly SafeNode[], lettersMax: number, linesMax: number): Cut {
    const left = { letters: lettersMax, lines: linesMax };
    const kept = keep(nodes, left);
    return { nodes: kept, folded: left.letters < 0 || left.lines < 0 };
}

function keep(nodes: readonly SafeNode[], left: { letters: number; lines: number }): SafeNode[] {
    const out: SafeNode[] = [];
    for (const node of nodes) {
        if (left.letters < 0 || left.lines < 0) break;
        if (node.kind === 'text') {
            const lines = node.text.split('\n').length - 1;
            const room = left.letters;
            left.letters -= node.text.length;
            left.lines -= lines;
            if (left.letters < 0)
                out.push({ kind: 'text', text: `${wholeLetters(node.text, room)}…` });
            else if (left.lines < 0) {
                const short = node.text
                    .split('\n')
                    .slice(0, lines + left.lines + 1)
                    .join('\n');
                out.push({ kind: 'text', text: `${short}…` });
            } else out.push(node);
            continue;
        }
        if (isBlock(node) || (node.kind === 'element' && node.tag === 'br')) left.lines--;
        if (left.lines < 0) break;
        out.push({ ...node, children: keep(node.children, left) });
    }
    return out;
}

/** Never cuts a surrogate pair in two. */
function wholeLetters(text: string, length: number): string {
    const end = /[\ud800-\udbff]/.test(text[length - 1] ?? '') ? length - 1 : length;
    return text.slice(0, Math.max(0, end));
}

const EMOJI_ONLY =
    /^(?:\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?(?:\u200d\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?)*|\p{Regional_Indicator}{2}|[0-9#*]\ufe0f?\u20e3|\s)+$/u;

/** One to three emoji alone are shown large. */
export function isJumbo(text: string): boolean {
    const trimmed = text.trim();
    if (trimmed === '' || trimmed.length > 40 || !EMOJI_ONLY.test(trimmed)) return false;
    const segments = new Intl.Segmenter().segment(trimmed.replace(/\s/gu, ''));
    return [...segments].length <= 3;
}

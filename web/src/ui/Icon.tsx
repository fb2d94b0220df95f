/** The pictograms, all drawn on one 24-unit grid with one stroke. */
const drawings = {
    archive: (
        <>
            <path d="M3.5 5h17v4h-17zM5 9v10.500h14V9M10 12.500h4" />
        </>
    ),
    back: (
        <>
            <path d="M19.5 12h-15M11 5.5 4.5 12l6.5 6.5" />
        </>
    ),
    bell: (
        <>
            <path d="M6.5 10a5.5 5.5 0 0 1 11 0c0 4.5 1.5 6 1.5 6H5s1.5-1.5 1.5-6M10 19.500h4" />
        </>
    ),
    book: (
        <>
            <path d="M12 6.500C10 5 7.5 4.5 4 4.500v14c3.5 0 6 .5 8 2 2-1.5 4.5-2 8-2v-14c-3.5 0-6 .5-8 2zm0 0v14" />
        </>
    ),
    cal: (
        <>
            <path d="M4 6h16v14H4zM4 10.500h16M8 3.500V7M16 3.500V7" />
        </>
    ),
    chart: (
        <>
            <path d="M4 4v16h16M8 15.500l3.5-4.5 3 2.5 4.5-6.5" />
        </>
    ),
    chat: (
        <>
            <path d="M4 5.5h16v11H10.5L6 20v-3.5H4z" />
        </>
    ),
    chats: (
        <>
            <path d="M3.5 4.5h13v9h-8L5 16.5v-3h-1.5z" />
            <path d="M19 8.5h1.5v9H19v3l-3.5-3H10" />
        </>
    ),
    check: (
        <>
            <path d="m4.5 12.5 5 5 10-11" />
        </>
    ),
    checks: (
        <>
            <path d="m2 12.5 4.5 4.500L15 7M11 15.500l1.5 1.500L21.5 7" />
        </>
    ),
    clip: (
        <>
            <path d="m19.5 11-8 8a4.6 4.6 0 0 1-6.5-6.500l8.5-8.500a3.1 3.1 0 0 1 4.4 4.400l-8.4 8.400a1.6 1.6 0 0 1-2.2-2.200l7.4-7.4" />
        </>
    ),
    clock: (
        <>
            <circle cx="12" cy="12" r="8.5" />
            <path d="M12 7v5.300l3.5 2" />
        </>
    ),
    copy: (
        <>
            <path d="M8.5 8.500h11v11h-11z" />
            <path d="M15.5 8.500v-4h-11v11h4" />
        </>
    ),
    desk: (
        <>
            <circle cx="12" cy="6.8" r="3.3" />
            <path d="M6 15.500c.5-2.8 2.7-4 6-4s5.5 1.2 6 4M3 15.500h18M5 15.500v5M19 15.500v5" />
        </>
    ),
    door: (
        <>
            <path d="M13 4h6.500v16H13M4 12h10M10.5 8.5 14 12l-3.5 3.5" />
        </>
    ),
    down: (
        <>
            <path d="m5.5 9 6.5 6.500L18.5 9" />
        </>
    ),
    download: (
        <>
            <path d="M12 4v11M7 10.500l5 5 5-5M4.5 19.500h15" />
        </>
    ),
    edit: (
        <>
            <path d="M4 20l1-4.500L16 4.500l3.5 3.500L8.5 19z" />
        </>
    ),
    error: (
        <>
            <circle cx="12" cy="12" r="8.5" />
            <path d="M12 7.500v5.5" />
            <path d="M12 16v.1" strokeWidth="2.6" />
        </>
    ),
    eye: (
        <>
            <path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z" />
            <circle cx="12" cy="12" r="3" />
        </>
    ),
    eyeoff: (
        <>
            <path d="M9.5 6c.8-.3 1.6-.5 2.5-.5 6 0 9.5 6.5 9.5 6.500a17 17 0 0 1-3 3.600M14 14.200A3 3 0 0 1 9.8 10M6 8.200A17 17 0 0 0 2.5 12s3.5 6.5 9.5 6.500c1.3 0 2.5-.3 3.6-.8M4 4l16 16" />
        </>
    ),
    file: (
        <>
            <path d="M6 3.500h8l4.5 4.500v12.500H6zM14 3.500V8h4.500M9 12.500h6M9 16h6" />
        </>
    ),
    filter: (
        <>
            <path d="M4 6.500h16M7 12h10M10 17.500h4" />
        </>
    ),
    gear: (
        <>
            <circle cx="12" cy="12" r="3" />
            <path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.600l2.2 2.200M16.2 16.200l2.2 2.200M5.6 18.400l2.2-2.200M16.2 7.800l2.2-2.2" />
        </>
    ),
    globe: (
        <>
            <circle cx="12" cy="12" r="8.5" />
            <path d="M3.5 12h17M12 3.500c5 5 5 12 0 17-5-5-5-12 0-17z" />
        </>
    ),
    groups: (
        <>
            <circle cx="7" cy="9" r="2.7" />
            <circle cx="17" cy="9" r="2.7" />
            <path d="M2.5 18c.4-3 2-4.5 4.5-4.500s4.1 1.5 4.5 4.500M12.5 18c.4-3 2-4.5 4.5-4.500s4.1 1.5 4.5 4.5" />
        </>
    ),
    hall: (
        <>
            <path d="M3.5 9.5 12 4l8.5 5.500zM6 9.500V17M10 9.500V17M14 9.500V17M18 9.500V17M3.5 20h17M4.5 17h15" />
        </>
    ),
    hold: (
        <>
            <circle cx="12" cy="12" r="8.5" />
            <path d="M9.7 8.800v6.400M14.3 8.800v6.4" strokeWidth="2.2" />
        </>
    ),
    idcard: (
        <>
            <rect x="3.5" y="5.5" width="17" height="13" rx="2" />
            <circle cx="9" cy="11" r="2" />
            <path d="M6 16c.4-1.6 1.4-2.3 3-2.300s2.6.7 3 2.300M14.5 10h3.500M14.5 13.500h3.5" />
        </>
    ),
    info: (
        <>
            <circle cx="12" cy="12" r="8.5" />
            <path d="M12 11v5.5" />
            <path d="M12 7.700v.1" strokeWidth="2.6" />
        </>
    ),
    key: (
        <>
            <circle cx="8" cy="14.5" r="4" />
            <path d="m11 11.5 8-8M16 6.500l2.5 2.500M13.5 9l1.8 1.8" />
        </>
    ),
    laptop: (
        <>
            <path d="M5 5h14v10.500H5zM2.5 19h19" />
        </>
    ),
    letter: (
        <>
            <path d="M3.5 6h17v12.500h-17zM3.5 7l8.5 6.500L20.5 7" />
        </>
    ),
    lock: (
        <>
            <rect x="5" y="10.5" width="14" height="10" rx="2" />
            <path d="M8 10.500V8a4 4 0 0 1 8 0v2.500M12 14.500v2" />
        </>
    ),
    mic: (
        <>
            <rect x="9" y="3.5" width="6" height="11" rx="3" />
            <path d="M5.5 11.500c0 3.8 2.6 6 6.5 6s6.5-2.2 6.5-6M12 17.500v3" />
        </>
    ),
    minus: (
        <>
            <path d="M5 12h14" />
        </>
    ),
    mobile: (
        <>
            <rect x="7" y="3" width="10" height="18" rx="2" />
            <path d="M11 18h2" />
        </>
    ),
    more: (
        <>
            <path d="M12 5.500v.01M12 12v.01M12 18.500v.01" strokeWidth="3" />
        </>
    ),
    mute: (
        <>
            <path d="M6.5 10a5.5 5.5 0 0 1 9-4.200M17.5 10.500c0 4 1.5 5.5 1.5 5.500H8M10 19.500h4M4 4l16 16" />
        </>
    ),
    offline: (
        <>
            <path d="M7.5 17.500h9.500M18.5 16.800A4 4 0 0 0 17 9.3 6 6 0 0 0 8.8 6.500M6.3 9a4.3 4.3 0 0 0 .2 8.500M4 4l16 16" />
        </>
    ),
    pause: (
        <>
            <path d="M9 6v12M15 6v12" strokeWidth="3" />
        </>
    ),
    people: (
        <>
            <circle cx="9" cy="8.5" r="3.5" />
            <path d="M2.5 19.5c.6-3.6 3-5.5 6.5-5.500s5.9 1.9 6.5 5.5" />
            <path d="M15.5 5.300a3.3 3.3 0 0 1 0 6.300M18 14.600c2 .7 3.2 2.4 3.6 4.9" />
        </>
    ),
    person: (
        <>
            <circle cx="12" cy="8" r="3.8" />
            <path d="M4.5 20c.8-4 3.5-6 7.5-6s6.7 2 7.5 6" />
        </>
    ),
    phone: (
        <>
            <path d="M5 4h4l1.5 4.500L8 10.200c1 2.4 3 4.5 5.6 5.700l1.9-2.400L20 15v4c0 .6-.4 1-1 1C11 20 4 13 4 5c0-.6.4-1 1-1z" />
        </>
    ),
    pin: (
        <>
            <path d="M9 3.500h6l-.7 6 3.2 3.500h-11L9.7 9.500zM12 13v7.5" />
        </>
    ),
    play: (
        <>
            <path className="i-fill" d="M8 5.500v13l11-6.500z" />
        </>
    ),
    plus: (
        <>
            <path d="M12 5v14M5 12h14" />
        </>
    ),
    print: (
        <>
            <path d="M7 8.500V3.500h10v5M7 16.500H4v-8h16v8h-3M7 13.500h10v7H7z" />
        </>
    ),
    refresh: (
        <>
            <path d="M19.5 5v5h-5M19 10a7.5 7.5 0 1 0 .3 4.5" />
        </>
    ),
    reply: (
        <>
            <path d="M9.5 5 4 10.5 9.5 16M4 10.500h9c4 0 7 2.5 7 8.5" />
        </>
    ),
    right: (
        <>
            <path d="m9 5.5 6.5 6.500L9 18.5" />
        </>
    ),
    scales: (
        <>
            <path d="M12 4v16M7.5 20h9M5 7h14M5 7l-2.5 6.500a2.7 2.7 0 0 0 5 0zM19 7l-2.5 6.500a2.7 2.7 0 0 0 5 0z" />
        </>
    ),
    seal: (
        <>
            <circle cx="12" cy="9.5" r="6" />
            <circle cx="12" cy="9.5" r="2.3" />
            <path d="m8.5 14.5-1.5 6 5-2.5 5 2.5-1.5-6" />
        </>
    ),
    search: (
        <>
            <circle cx="10.5" cy="10.5" r="6" />
            <path d="m15 15 5.5 5.5" />
        </>
    ),
    send: (
        <>
            <path d="M4 12 3.5 4.5 21 12 3.5 19.5 4 12zm0 0h8" />
        </>
    ),
    server: (
        <>
            <rect x="4" y="4.5" width="16" height="6" rx="1.5" />
            <rect x="4" y="13.5" width="16" height="6" rx="1.5" />
            <path d="M7.5 7.500h.01M7.5 16.500h.01" strokeWidth="2.4" />
        </>
    ),
    shield: (
        <>
            <path d="M12 3.5 19 6v5.500c0 4.5-2.8 7.5-7 9-4.2-1.5-7-4.5-7-9V6z" />
            <path d="m9 12 2.2 2.200L15.2 10" />
        </>
    ),
    smile: (
        <>
            <circle cx="12" cy="12" r="8.5" />
            <path d="M8.5 14c.8 1.4 2 2.1 3.5 2.100s2.7-.7 3.5-2.100M9 9.500v.01M15 9.500v.01" />
            <path d="M9 9.300v.2M15 9.300v.2" strokeWidth="2.6" />
        </>
    ),
    sort: (
        <>
            <path d="m8 9 4-4 4 4M8 15l4 4 4-4" />
        </>
    ),
    star: (
        <>
            <path d="m12 4 2.4 5.2 5.6.6-4.2 3.8 1.2 5.6-5-2.9-5 2.9 1.2-5.600L4 9.800l5.6-.6z" />
        </>
    ),
    trash: (
        <>
            <path d="M5 7h14M9.5 7V4.500h5V7M7 7l1 13h8l1-13" />
        </>
    ),
    undo: (
        <>
            <path d="M8 5 3.5 9.5 8 14M3.5 9.500H14a5.5 5.5 0 0 1 0 11h-4" />
        </>
    ),
    up: (
        <>
            <path d="m5.5 15 6.5-6.5 6.5 6.5" />
        </>
    ),
    video: (
        <>
            <path d="M3.5 6.500h11v11h-11zM14.5 10.500l6-3.500v10l-6-3.5" />
        </>
    ),
    warn: (
        <>
            <path d="M12 4 2.8 19.500h18.400zM12 10v4.5" />
            <path d="M12 17v.1" strokeWidth="2.6" />
        </>
    ),
    x: (
        <>
            <path d="m6 6 12 12M18 6 6 18" />
        </>
    ),
} as const;

export type IconName = keyof typeof drawings;

interface IconProps {
    name: IconName;
    size?: 14 | 16 | 20 | 24 | 32;
    className?: string;
}

/** Decoration beside a word; what it means is said by the word or by the control's label. */
export function Icon({ name, size = 20, className = '' }: IconProps) {
    const sized = size === 20 ? 'i' : `i i-${size}`;
    return (
        <svg className={`${sized} ${className}`.trim()} viewBox="0 0 24 24" aria-hidden="true">
            {drawings[name]}
        </svg>
    );
}

/** The few words that a notification needs while no page is open. */
interface Words {
    readonly newMessage: string;
    readonly openToRead: string;
}

const WORDS: Record<string, Words> = {
    en: { newMessage: 'New message', openToRead: 'Open Chancery to read it.' },
    nl: { newMessage: 'Nieuw bericht', openToRead: 'Open Chancery om het te lezen.' },
    fr: { newMessage: 'Nouveau message', openToRead: 'Ouvrez Chancery pour le lire.' },
    de: { newMessage: 'Neue Nachricht', openToRead: 'Öffnen Sie Chancery, um sie zu lesen.' },
};

const ENGLISH: Words = { newMessage: 'New message', openToRead: 'Open Chancery to read it.' };

export function wordsIn(language: string | undefined): Words {
    return WORDS[language ?? 'en'] ?? ENGLISH;
}

// A play as text: a name at the margin, its lines indented under it. Headings (ACT, SCENE,
// PROLOGUE) hand the word to the narrator, and so does a paragraph that no name announces.

const NARRATOR = 'NARRATOR';
const HEADING = /^(ACT|SCENE|PROLOGUE|EPILOGUE)\b/;
const LINES_MAX = 5_000;

/** The acts of a play, each a list of `{ character, text }` in the order they are said. */
export function acts(text) {
    const found = [[]];
    let character = NARRATOR;
    let spoken = false;
    for (const raw of text.split(/\r?\n/)) {
        const line = raw.trim();
        if (line === '') {
            character = spoken ? NARRATOR : character;
            spoken = false;
        } else if (/^\s/.test(raw)) {
            found.at(-1).push({ character, text: line });
            spoken = true;
        } else {
            if (/^ACT\b/.test(line) && found.at(-1).length > 0) {
                found.push([]);
            }
            character = HEADING.test(line) ? NARRATOR : line;
            spoken = false;
        }
    }
    return found;
}

/**
 * The lines of one act (counted from 1), each given to person 0 or 1: characters take turns in the
 * order in which they first speak, so the same text is always cast alike.
 */
export function cast(text, act) {
    const said = acts(text)[act - 1] ?? [];
    if (said.length === 0 || said.length > LINES_MAX) {
        throw new Error(`act ${act} has ${said.length} lines; 1 to ${LINES_MAX} can be played`);
    }
    const characters = [...new Set(said.map((line) => line.character))];
    return said.map((line, index) => ({
        ...line,
        number: index + 1,
        person: characters.indexOf(line.character) % 2,
    }));
}

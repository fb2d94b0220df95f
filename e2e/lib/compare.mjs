// What was said against what is seen, as a difference a reader understands at once.

const SHOWN_MAX = 20;

const key = (line) => `${line.id}\n${line.sender}\n${line.body}`;
const quote = (line) => (line.failure ? `undecryptable: ${line.failure}` : `"${line.body}"`);

/** Lengths of the longest common subsequence of every pair of tails. */
function tails(said, seen) {
    const width = seen.length + 1;
    const table = new Uint16Array((said.length + 1) * width);
    for (let i = said.length - 1; i >= 0; i--) {
        for (let j = seen.length - 1; j >= 0; j--) {
            table[i * width + j] =
                said[i] === seen[j]
                    ? table[(i + 1) * width + j + 1] + 1
                    : Math.max(table[(i + 1) * width + j], table[i * width + j + 1]);
        }
    }
    return (i, j) => table[i * width + j];
}

/** Empty when every line is there once, in order, in clear; else one sentence for each fault. */
export function differences(said, seen) {
    const saidKeys = said.map(key);
    const seenKeys = seen.map(key);
    const ids = new Set(said.map((line) => line.id));
    const common = tails(saidKeys, seenKeys);
    const faults = [];
    let i = 0;
    let j = 0;
    while (i < said.length || j < seen.length) {
        if (i < said.length && j < seen.length && saidKeys[i] === seenKeys[j]) {
            i++;
            j++;
        } else if (j < seen.length && (i === said.length || common(i, j + 1) >= common(i + 1, j))) {
            const fault = ids.has(seen[j].id) ? 'doubled, moved or unreadable' : 'never said';
            faults.push(`+ at ${j + 1}, ${fault}: ${seen[j].sender} ${quote(seen[j])}`);
            j++;
        } else {
            faults.push(`- line ${i + 1} is not there: ${said[i].sender} ${quote(said[i])}`);
            i++;
        }
    }
    return faults;
}

/** Throws with the first faults when the two differ. */
export function mustBeEqual(said, seen) {
    const faults = differences(said, seen);
    if (faults.length > 0) {
        const more = faults.length > SHOWN_MAX ? [`... and ${faults.length - SHOWN_MAX} more`] : [];
        const head = `${said.length} lines said, ${seen.length} seen, ${faults.length} faults`;
        throw new Error([head, ...faults.slice(0, SHOWN_MAX), ...more].join('\n'));
    }
}

// Writes the notices of what is shipped, and refuses a licence that is not named here.
import fs from 'node:fs';
import path from 'node:path';

const ALLOWED = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT']);
const LICENCE_FILE = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

function licenceOf(about) {
    const stated = about.license ?? about.licenses;
    return typeof stated === 'string' ? stated : (stated?.type ?? 'none stated');
}

/** A choice of licences is allowed when one of them is. */
function isAllowed(licence) {
    return licence
        .replace(/[()]/g, '')
        .split(/\s+OR\s+/)
        .some((one) => one.split(/\s+AND\s+/).every((each) => ALLOWED.has(each)));
}

function textsOf(folder) {
    return fs
        .readdirSync(folder)
        .filter((name) => LICENCE_FILE.test(name) && fs.statSync(path.join(folder, name)).isFile())
        .sort()
        .map((name) => fs.readFileSync(path.join(folder, name), 'utf8').trim());
}

export function writeNotices(bundledFile, target) {
    const folders = JSON.parse(fs.readFileSync(bundledFile, 'utf8'));
    const refused = [];
    const parts = ['The web client of Chancery holds parts of these packages.', ''];
    for (const folder of folders) {
        const about = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
        const licence = licenceOf(about);
        if (!isAllowed(licence)) {
            refused.push(`${about.name} ${about.version}: ${licence}`);
        }
        parts.push('-'.repeat(72), `${about.name} ${about.version} (${licence})`, '');
        parts.push(...textsOf(folder), '');
    }
    if (refused.length > 0) {
        throw new Error(`licences that are not allowed:\n  ${refused.join('\n  ')}`);
    }
    fs.writeFileSync(target, `${parts.join('\n')}\n`);
    return folders.length;
}

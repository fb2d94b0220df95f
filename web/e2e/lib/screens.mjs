// Screens in every language and both themes: axe on each, nothing wider than 320 px, and pictures of
// each in English (and in German, which has the longest words, at 320 px).
import { requireAccessible } from './axe.mjs';

const LANGUAGES = ['nl', 'fr', 'de', 'en'];
const THEMES = ['light', 'dark'];
const WIDE = { width: 1280, height: 860 };
const FITS_WITHIN_MS = 2_000;
const NARROW = { width: 320, height: 720 };

export class Screens {
    #world;
    #faults = [];
    #looked = 0;

    constructor(world) {
        this.#world = world;
    }

    /** Every way of every screen, language by language; `speak` changes the language in place. */
    async inAllLanguages(page, screens, speak = speakByButton) {
        for (const language of LANGUAGES) {
            await speak(page, language);
            for (const [name, { open, close }] of Object.entries(screens)) {
                await open(page);
                await this.#look(page, name, language);
                await close?.(page);
            }
        }
    }

    /** One screen that cannot be had again, where the language is changed on it. */
    async here(page, name) {
        for (const language of LANGUAGES) {
            await speakByButton(page, language);
            await this.#look(page, name, language);
        }
    }

    async #look(page, name, language) {
        for (const theme of THEMES) {
            await page.emulateMedia({ colorScheme: theme });
            const where = `${name}, ${language}, ${theme}`;
            await requireAccessible(page, where).catch((fault) => this.#faults.push(fault.message));
            this.#looked++;
            if (language === 'en') {
                await this.#picture(page, `${name}-${theme}`);
            }
        }
        await page.emulateMedia({ colorScheme: 'light' });
        await page.setViewportSize(NARROW);
        await page
            .waitForFunction(fits, NARROW.width, { timeout: FITS_WITHIN_MS }) // Popovers follow.
            .catch(async () => {
                const wide = await page.evaluate(() => document.documentElement.scrollWidth);
                this.#faults.push(`${name} is ${wide} px wide at ${NARROW.width}, ${language}`);
            });
        if (language === 'de') {
            await this.#picture(page, `${name}-de-320`);
        }
        await page.setViewportSize(WIDE);
    }

    async #picture(page, name) {
        await page.screenshot({ path: `${this.#world.pictures}/${name}.png` });
    }

    /** To be called at the end: all that was found, at once. */
    requireNone() {
        console.log(`    ${this.#looked} looks`);
        if (this.#faults.length > 0) {
            throw new Error([...new Set(this.#faults)].join('\n'));
        }
    }
}

/** In the page. */
function fits(width) {
    return document.documentElement.scrollWidth <= width;
}

/** On pages that have the languages at their foot. */
export async function speakByButton(page, language) {
    await page.locator(`.languages button[lang="${language}"]`).click();
    await page.locator(`html[lang="${language}"]`).waitFor({ state: 'attached' });
}

/** Where the languages are a setting. */
export async function speakBySetting(page, language) {
    await to(page, '#/settings/look');
    await page.locator(`.settings input[value="${language}"]`).click();
    await page.locator(`html[lang="${language}"]`).waitFor({ state: 'attached' });
}

/** To another place of the page that is open. */
export async function to(page, hash) {
    await page.evaluate((it) => {
        location.hash = it;
    }, hash);
}

import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

/** Each part keeps its own words; what is compiled is one catalogue per language. */
const parts = ['app', 'console', 'ui'].map((part) => ({
    path: `<rootDir>/src/${part}/locales/{locale}`,
    include: [`<rootDir>/src/${part}`],
}));

export default defineConfig({
    sourceLocale: 'en',
    locales: ['en', 'nl', 'fr', 'de'],
    catalogs: [
        ...parts,
        {
            path: '<rootDir>/src/features/{name}/locales/{locale}',
            include: ['<rootDir>/src/features/{name}/'],
        },
    ],
    catalogsMergePath: '<rootDir>/src/i18n/compiled/{locale}',
    compileNamespace: 'ts',
    orderBy: 'message',
    format: formatter({ lineNumbers: false }), // So that a moved line changes no catalogue.
});

import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import localesPlugin from '@react-aria/optimize-locales-plugin';
import babel from '@rolldown/plugin-babel';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { bundledPackages } from './scripts/bundled.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const pages = readdirSync(here).filter((name) => name.endsWith('.html'));
const LOCALES = ['en-US', 'nl-NL', 'fr-FR', 'de-DE'];

export default defineConfig({
    root: here,
    plugins: [
        react(),
        babel({ plugins: ['@lingui/babel-plugin-lingui-macro'] }),
        localesPlugin.vite({ locales: LOCALES }) as Plugin,
        bundledPackages('target/bundled.json'),
    ],
    build: {
        outDir: 'target/classes/META-INF/chancery-web',
        emptyOutDir: true,
        manifest: true, // scripts/make.mjs takes it out of what is served.
        target: ['chrome119', 'firefox121', 'safari17.4'],
        assetsInlineLimit: 0, // The policy allows no data: addresses.
        chunkSizeWarningLimit: 4000,
        modulePreload: { polyfill: false },
        rolldownOptions: { input: pages.map((page) => here + page) },
    },
    worker: { format: 'es' },
    server: {
        proxy: { '/_matrix': 'http://127.0.0.1:8008', '/_chancery': 'http://127.0.0.1:8008' },
    },
    test: {
        include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
        setupFiles: ['test/setup.ts'],
        environment: 'node',
    },
});

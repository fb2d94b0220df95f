import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

// The page is built anew for each play, beside the other build output and out of git.
export default defineConfig({
    root: fileURLToPath(new URL('./page', import.meta.url)),
    logLevel: 'warn',
    build: {
        outDir: fileURLToPath(new URL('../build/e2e/page', import.meta.url)),
        emptyOutDir: true,
        target: 'chrome120',
        assetsInlineLimit: 0,
        chunkSizeWarningLimit: 4000,
        modulePreload: { polyfill: false },
    },
});

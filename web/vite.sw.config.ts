import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

// The worker has a stable name, since browsers look for a new one under the old address.
export default defineConfig({
    root: fileURLToPath(new URL('.', import.meta.url)),
    publicDir: false,
    build: {
        outDir: 'target/classes/META-INF/chancery-web',
        emptyOutDir: false,
        target: ['chrome119', 'firefox121', 'safari17.4'],
        lib: {
            entry: 'src/sw/main.ts',
            formats: ['iife'],
            name: 'worker',
            fileName: () => 'sw.js',
        },
    },
});

// The client without a server: `npm run gallery`. For looking, and for measuring the timeline alone.
import { fileURLToPath } from 'node:url';
import babel from '@rolldown/plugin-babel';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
    root: fileURLToPath(new URL('.', import.meta.url)),
    plugins: [react(), babel({ plugins: ['@lingui/babel-plugin-lingui-macro'] })],
    build: {
        outDir: '../../target/gallery',
        emptyOutDir: true,
        assetsInlineLimit: 0,
        rolldownOptions: { external: [/engine\/open/] }, // No session is made here.
    },
});

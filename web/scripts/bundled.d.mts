import type { Plugin } from 'vite';

export function bundledPackages(file: string): Plugin;

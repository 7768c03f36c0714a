import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What runs on merchants' pages: one classic script, as it is served. Its size is checked by `npm run size`. */
export default defineConfig({
  root: here('./icon'),
  publicDir: false,
  build: {
    outDir: here('../../dist/web'),
    // The folder is shared with the other pages.
    emptyOutDir: false,
    target: 'es2022',
    lib: { entry: here('./icon/icon.applet.ts'), name: 'trunkline', formats: ['iife'], fileName: () => 'icon.js' },
  },
});

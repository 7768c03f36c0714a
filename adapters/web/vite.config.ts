import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defaultClientConditions, defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The pages that people work in: one application, served under several addresses, its files under /work/assets. */
export default defineConfig({
  root: here('./work'),
  base: '/work/',
  publicDir: false,
  cacheDir: here('../../node_modules/.cache/vite-work'),
  plugins: [react()],
  // `source` makes #domain/….js the TypeScript that it was written as.
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: {
    outDir: here('../../dist/web/work'),
    emptyOutDir: true,
    sourcemap: true,
    // The policy of the pages allows no data: address, and a file of its own is cached for all.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});

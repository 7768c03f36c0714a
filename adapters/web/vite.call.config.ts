import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Parts of the socket that this window never uses, and what stands there instead: it asks for a websocket and for no other
 * transport, and sends text, never binary data. A part that is not met any more ends the build: after an
 * update of the library this list must be looked at.
 */
const leftOut = {
  'engine.io-client/build/esm/transports/webtransport.js': 'export class WT {}',
  'engine.io-client/build/esm/transports/polling-xhr.js': 'export class XHR {}',
  'engine.io-parser/build/esm/contrib/base64-arraybuffer.js': 'export const decode = 0;',
  'socket.io-parser/build/esm/binary.js': 'export const deconstructPacket = 0, reconstructPacket = 0;',
  'socket.io-parser/build/esm/is-binary.js': 'export const isBinary = () => false, hasBinary = isBinary;',
};

const withoutUnusedParts = (): Plugin => {
  const missing = new Set(Object.keys(leftOut));
  return {
    name: 'without-unused-parts',
    load: (id) => {
      const part = Object.entries(leftOut).find(([name]) => id.endsWith(name));
      if (part) missing.delete(part[0]);
      return part?.[1];
    },
    buildEnd: (error) => {
      if (!error && missing.size > 0) throw new Error(`nothing to leave out at ${[...missing].join(', ')}`);
    },
  };
};

/** Line breaks and indentation of the source are nothing to the browser, and bytes to the customer. */
const smallerPage: Plugin = {
  name: 'smaller-page',
  enforce: 'post',
  transformIndexHtml: { order: 'post', handler: (html) => html.replace(/\s+/g, ' ').replace(/> </g, '><') },
};

/** Of the shared look, the values that this window uses: one may be made of others, so it takes as many rounds. */
const usedValues = (css: string): string => {
  const used = css.replace(/(--[\w-]+):[^;}]*;?/g, (declaration, name: string) =>
    new RegExp(`var\\(${name}[,)]`).test(css) ? declaration : '',
  );
  return used === css ? css : usedValues(used);
};

/** Values have telling names in the source; in the browser nobody but the style sheet itself knows them. */
const shortNames = (css: string): string => {
  const names = new Map<string, string>();
  return css.replace(/--[\w-]+/g, (name) => {
    const short = names.get(name) ?? `--${names.size.toString(36)}`;
    names.set(name, short);
    return short;
  });
};

/** The file has its name from what is in it, as all that browsers keep for ever must. */
const smallerStyles: Plugin = {
  name: 'smaller-styles',
  enforce: 'post',
  generateBundle(_options, bundle) {
    const pages = Object.values(bundle).filter(({ fileName }) => fileName.endsWith('.html'));
    for (const [name, file] of Object.entries(bundle)) {
      if (file.type !== 'asset' || !name.endsWith('.css')) continue;
      const source = shortNames(usedValues(String(file.source)));
      const fileName = `assets/${createHash('sha256').update(source).digest('base64url').slice(0, 8)}.css`;
      Reflect.deleteProperty(bundle, name);
      this.emitFile({ type: 'asset', fileName, source });
      for (const page of pages) if (page.type === 'asset') page.source = String(page.source).replace(name, fileName);
    }
  },
};

/** The call window: fetched once, and then at hand for the icons of all merchants. `npm run size` checks its size. */
export default defineConfig({
  root: here('./call-window'),
  base: '/call/',
  publicDir: false,
  cacheDir: here('../../node_modules/.cache/vite-call'),
  plugins: [withoutUnusedParts(), smallerPage, smallerStyles],
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: {
    outDir: here('../../dist/web/call'),
    emptyOutDir: true,
    // Its policy allows no data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});

import { readFileSync } from 'node:fs'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { type Plugin, defineConfig } from 'vite'

const server = process.env['API_URL'] ?? 'http://127.0.0.1:8001'

/** React Aria brings its few words in 30 languages; the interface is in one (its I18nProvider says which), so the others stay out. */
const onlyEnglish: Plugin = {
  name: 'only-english',
  enforce: 'pre',
  transform(code, id) {
    if (!/react-aria(-components)?\/dist\/private\/.*\/?intlStrings\.mjs$/.test(id)) return null
    const english = /import (\S+) from "([^"]*\/en-US\.mjs)"/.exec(code)
    if (english === null) throw new Error(`${id} has no English words where they are expected`)
    return {
      code: `import words from '${english[2]}'\nexport default { 'en-US': words }`,
      map: null,
    }
  },
}

/** zod can also write JSON Schemas; only the server does that, for OpenAPI. Here what would write them does nothing. */
const noJsonSchema: Plugin = {
  name: 'no-json-schema',
  enforce: 'pre',
  load(id) {
    if (!/zod\/v4\/core\/(json-schema-processors|to-json-schema)\.js$/.test(id)) return null
    const names = readFileSync(id, 'utf8').matchAll(/^export (?:const|function|class) (\w+)/gm)
    return [...names].map(([, name]) => `export const ${name} = () => () => ({})`).join('\n')
  },
}

export default defineConfig({
  plugins: [onlyEnglish, noJsonSchema, react(), tailwindcss()],
  // The server puts a new nonce in its place for each page; the editor's style elements carry it.
  html: { cspNonce: '__CSP_NONCE__' },
  server: {
    port: 5173,
    strictPort: true,
    proxy: { '/api': { target: server } },
  },
  worker: { format: 'es' },
  build: {
    // The first browsers with light-dark(), which the tokens are written in; older targets would have it rewritten.
    target: ['chrome123', 'firefox128', 'safari17.5'],
    // The content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Which chunk holds what, for the measured sizes.
    manifest: true,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        // Large things that every page shares are one file each: fewer requests, better compression, and a release of ours
        // leaves them cached. The button is apart, because the sign-in needs nothing else of React Aria.
        codeSplitting: {
          groups: [
            {
              name: 'react',
              // And what the session tells the button, which would else bind the first route to the button's file.
              test: /node_modules\/(react|react-dom|scheduler|use-sync-external-store)\/|src\/platform\/may\.ts/,
              priority: 3,
            },
            {
              name: 'button',
              test: /react-aria-components\/dist\/private\/Button\.mjs|src\/ui\/button\.tsx/,
              priority: 2,
            },
            { name: 'aria', test: /node_modules\/(react-aria|react-stately|@internationalized|clsx)/, priority: 1 },
          ],
        },
      },
    },
  },
})

import { readFileSync } from 'node:fs'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { type Plugin, defineConfig } from 'vite'

const server = process.env['API_URL'] ?? 'http://127.0.0.1:8001'

/** React Aria brings its few words in 30 languages; the interface is in one (its I18nProvider says which), so the others stay out. */
const onlyEnglish: Plugin = {
  name: 'only-english',
  enforce: 'pre',
  load: (id) =>
    /react-aria(-components)?\/dist\/private\/intl\/.*\.mjs$/.test(id) && !id.endsWith('/en-US.mjs')
      ? 'export default {}'
      : null,
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
  server: {
    port: 5173,
    strictPort: true,
    proxy: { '/api': { target: server } },
  },
  build: {
    // The first browsers with light-dark(), which the tokens are written in; older targets would have it rewritten.
    target: ['chrome123', 'firefox128', 'safari17.5'],
    // The content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Which chunk holds what, for the measured sizes.
    manifest: true,
    chunkSizeWarningLimit: 700,
  },
})

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

/**
 * The editor colours AMC SQL by our own scanner and has no Lezer grammar, so CodeMirror's questions for a syntax tree always
 * got the empty one. This is that answer without the parser framework behind it, 8 kB gzip. A name that a later CodeMirror
 * asks for beyond these stops the build.
 */
const withoutGrammar: Plugin = {
  name: 'without-grammar',
  enforce: 'pre',
  load(id) {
    if (id.endsWith('@lezer/common/dist/index.js'))
      return `
        export class NodeProp { add() { return () => null } }
        for (const name of ['closedBy', 'openedBy', 'group', 'isolate', 'contextHash', 'lookAhead', 'mounted'])
          NodeProp[name] = new NodeProp()
        export class NodeType {
          id = 0; name = ''; isTop = false; isSkipped = false; isError = false; isAnonymous = true
          prop() {} is() { return false }
          static define() { return new NodeType() } static match() { return () => undefined }
        }
        NodeType.none = new NodeType()
        export class NodeSet { constructor(types) { this.types = types } extend() { return this } }
        export class Tree {
          type = NodeType.none; name = ''; from = 0; to = 0; length = 0; children = []; positions = []
          parent = null; firstChild = null; lastChild = null; nextSibling = null; prevSibling = null
          get topNode() { return this } get node() { return this } get tree() { return this }
          resolve() { return this } resolveInner() { return this } resolveStack() { return { node: this, next: null } }
          enterUnfinishedNodesBefore() { return this } enter() { return null }
          childAfter() { return null } childBefore() { return null } getChild() { return null } getChildren() { return [] }
          iterate() {} prop() {}
        }
        Tree.empty = new Tree()
        export class Parser {}
        export class TreeFragment { static addTree() { return [] } static applyChanges() { return [] } }
        export const IterMode = { ExcludeBuffers: 1, IncludeAnonymous: 2, IgnoreMounts: 4, IgnoreOverlays: 8, EnterBracketed: 16 }`
    if (id.endsWith('@lezer/highlight/dist/index.js'))
      return `
        const tag = Object.assign(() => tag, { id: 0, set: [] })
        export const tags = new Proxy({}, { get: () => tag })
        export const tagHighlighter = () => ({ style: () => null })
        export const styleTags = () => null
        export const highlightTree = () => {}`
    return null
  },
}

export default defineConfig({
  plugins: [onlyEnglish, noJsonSchema, withoutGrammar, react(), tailwindcss()],
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
    rolldownOptions: {
      output: {
        // Large things that every page shares are one file each: fewer requests, better compression, and a release of ours
        // leaves them cached. The button is apart, because the sign-in needs nothing else of React Aria.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler|use-sync-external-store)\//, priority: 3 },
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

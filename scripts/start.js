import module from 'node:module'

// Plain JavaScript, so that an old Node can still say what is wrong: `npm ci` brings Node 24 on Linux, elsewhere yours runs.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 24 || (major === 24 && minor < 12)) {
  console.error(
    `RecomAMP needs Node 24.12 or newer, this is ${process.versions.node} on ${process.platform}-${process.arch}. ` +
      'On Linux, "npm ci" installs it into this folder; elsewhere install Node 24 and run the command again.',
  )
  process.exit(1)
}

// Stripping the types and compiling takes half a second of each start, so the result is kept.
module.enableCompileCache(`${import.meta.dirname}/../node_modules/.cache/recomamp`)

// One process from here to the server: a signal reaches it in every phase, and nothing is left behind.
const { buildWeb } = await import('./build-web.ts')
await buildWeb()
await import('../apps/server/src/main.ts')

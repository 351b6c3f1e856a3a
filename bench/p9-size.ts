import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { buildWeb } from '../scripts/build-web.ts'
import { atMost, type Figure, told } from './figure.ts'
import { languageSizes } from './language-size.ts'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'apps/web/dist')

interface Chunk {
  file: string
  src?: string
  isEntry?: boolean
  imports?: string[]
  dynamicImports?: string[]
}

/** P9: JavaScript that a browser loads, gzip, from the build's own manifest. */
export async function measureSize(): Promise<Figure[]> {
  await buildWeb()
  const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>
  const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry === true)
  const signIn = pageOf(manifest, 'sign-in')
  const workbench = pageOf(manifest, 'workbench')
  const layout = Object.keys(manifest).find((key) => key.endsWith('/app-layout.tsx'))
  if (entry === undefined || signIn === undefined || workbench === undefined || layout === undefined)
    throw new Error('the manifest lacks the entry, the layout, the sign-in page or the workbench page')
  const lazy = [layout, workbench].flatMap((key) => manifest[key]?.dynamicImports ?? [])
  const later = lazy.filter((key) => atFirstUse.test(key))
  const opening = [entry, layout, workbench, ...lazy.filter((key) => !later.includes(key))]
  // The hints come by themselves, if behind the first answer.
  const opened = kilobytes(manifest, opening) + beside(/\.worker-/) + beside(/\/hints-/)
  return [
    atMost('P9', 'first route (sign-in), JavaScript gzip', kilobytes(manifest, [entry, signIn]), 180, ' kB'),
    atMost('P9', 'a query opened in the workbench, JavaScript gzip', opened, 400, ' kB'),
    told('P9', 'of it in a thread beside the page (the language)', beside(/\.worker-/), ' kB'),
    told('P9', 'of it behind the first answer (its hints)', beside(/\/hints-/), ' kB'),
    told(
      'P9',
      'what comes at first use beside it',
      kilobytes(manifest, [...opening, ...later]) - kilobytes(manifest, opening),
      ' kB',
    ),
    ...(await languageSizes()),
    atMost('P9', 'catalogue data as JSON, gzip', await catalogueKilobytes(), 60, ' kB'),
  ]
}

/** What waits for a person. Every other part that is loaded by itself counts as opened, on whichever width of screen it comes. */
const atFirstUse =
  /\/(chart-pane|export-button|editor-search|local-result|merge-view|palette|privacy-preview|request-pane|session-ended|shortcut-list|workbench-history\.page)\.tsx?$/

function pageOf(manifest: Record<string, Chunk>, name: string): string | undefined {
  return Object.keys(manifest).find((key) => key.endsWith(`/${name}.page.tsx`))
}

function kilobytes(manifest: Record<string, Chunk>, keys: string[]): number {
  const files = new Set<string>()
  const collect = (key: string): void => {
    const chunk = manifest[key]
    if (chunk === undefined || files.has(chunk.file)) return
    files.add(chunk.file)
    chunk.imports?.forEach(collect)
  }
  keys.forEach(collect)
  const scripts = [...files].filter((file) => file.endsWith('.js'))
  return scripts.reduce((sum, file) => sum + gzipped(join(dist, file)), 0)
}

function gzipped(file: string): number {
  return gzipSync(readFileSync(file), { level: 9 }).length / 1000
}

/** The scripts of the thread beside the page whose names match; they are not in the manifest. */
function beside(name: RegExp): number {
  const files = readdirSync(join(dist, 'assets')).map((file) => `/${file}`)
  const scripts = files.filter((file) => name.test(file) && file.endsWith('.js'))
  if (scripts.length === 0) throw new Error(`the build has no script named like ${name.source}`)
  return scripts.reduce((sum, file) => sum + gzipped(join(dist, 'assets', file)), 0)
}

async function catalogueKilobytes(): Promise<number> {
  const { loadSchema } = await import('@recomamp/amc-catalogue/schema')
  return gzipSync(JSON.stringify(loadSchema()), { level: 9 }).length / 1000
}

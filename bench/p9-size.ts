import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { buildWeb } from '../scripts/build-web.ts'
import { atMost, type Figure } from './figure.ts'

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
  if (entry === undefined || signIn === undefined || workbench === undefined)
    throw new Error('the manifest lacks the entry, the sign-in page or the workbench page')
  return [
    atMost('P9', 'first route (sign-in), JavaScript gzip', kilobytes(manifest, [entry, signIn]), 180, ' kB'),
    atMost(
      'P9',
      'workbench in all, JavaScript gzip',
      kilobytes(manifest, withLazyParts(manifest, [entry, workbench])),
      400,
      ' kB',
    ),
    atMost('P9', 'catalogue data as JSON, gzip', await catalogueKilobytes(), 60, ' kB'),
  ]
}

function pageOf(manifest: Record<string, Chunk>, name: string): string | undefined {
  return Object.keys(manifest).find((key) => key.endsWith(`/${name}.page.tsx`))
}

/** What the workbench loads by itself after opening: the dynamic imports below its own folder. */
function withLazyParts(manifest: Record<string, Chunk>, keys: string[]): string[] {
  const lazy = keys
    .flatMap((key) => manifest[key]?.dynamicImports ?? [])
    .filter((key) => key.includes('features/workbench'))
  return [...keys, ...lazy]
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
  return scripts.reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length, 0) / 1000
}

async function catalogueKilobytes(): Promise<number> {
  const { loadSchema } = await import('@recomamp/amc-catalogue')
  return gzipSync(JSON.stringify(loadSchema()), { level: 9 }).length / 1000
}

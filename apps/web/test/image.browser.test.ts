import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { startServerProcess } from '@recomamp/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sharedChromium } from './stage.ts'
import { walkThrough } from './walk-through.ts'

/** What the Dockerfile makes, made by its own lines where there is no Docker: the same files, the same dependencies, the same settings. */
const root = join(import.meta.dirname, '../../..')
const folder = mkdtempSync(join(tmpdir(), 'recomamp-image-'))
const app = join(folder, 'app')

const [, ...stages] = readFileSync(join(root, 'Dockerfile'), 'utf8')
  .replaceAll(/\\\n\s*/g, '')
  .split(/^FROM .*$/m)
const [, dependencies = '', image = ''] = stages

beforeAll(() => {
  for (const [, from = '', to = ''] of dependencies.matchAll(/^COPY (\S+) (?!\.\/)(\S+)$/gm)) copy(from, to)
  for (const [, files = ''] of dependencies.matchAll(/^COPY (.+) \.\/$/gm))
    for (const file of files.split(' ')) copy(file, file)
  const install = /^RUN npm (.+)$/m.exec(dependencies)?.[1] ?? ''
  execFileSync('npm', [...install.split(' '), '--prefer-offline'], { cwd: app, stdio: 'ignore' })
  const [, web = ''] = /^COPY --from=web \/build\/(\S+) \1$/m.exec(image) ?? []
  copy(web, web)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('S-213 S-214 S-247: what the image holds is all that it needs: one port shows the app, in which somebody signs in, explores, writes, runs and reads rows', async () => {
  await using server = await startServerProcess(settings({ ENVIRONMENT: 'development' }), app)
  const browser = await sharedChromium()
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await walkThrough(page, server.url)
  expect(await page.getByRole('gridcell').count()).toBeGreaterThan(0)
  await page.close()
})

test('S-214: with the settings of the image it is a production server, which the health check of the image finds ready', async () => {
  const keys = { JWT_SECRET_KEY: 'x'.repeat(48), FERNET_KEY: Buffer.alloc(32, 7).toString('base64url') + '=' }
  await using server = await startServerProcess(settings({ ...keys, PUBLIC_URL: 'https://recomamp.example.com' }), app)
  const answer = await fetch(server.url)
  expect(answer.headers.get('strict-transport-security')).toMatch(/max-age/)
  expect(await answer.text()).toContain('<div id="root">')
  const [, check = ''] = /CMD \["node", "-e", "(.+)"\]$/m.exec(/^HEALTHCHECK .*$/m.exec(image)?.[0] ?? '') ?? []
  const { port } = new URL(server.url)
  const health = () => spawnSync(process.execPath, ['-e', check], { env: { PORT: port }, stdio: 'ignore' }).status
  expect(health()).toBe(0)
  await server.stop()
  expect(health()).toBe(1)
})

function copy(from: string, to: string): void {
  mkdirSync(dirname(join(app, to)), { recursive: true })
  cpSync(join(root, from), join(app, to), {
    recursive: true,
    filter: (path) => !/(^|\/)(node_modules|test|corpus)(\/|$)|\.test\.ts$/.test(relative(root, path)),
  })
}

/** The ENV lines of the image, with what only a container has: its address, its port and its folders. */
function settings(more: Record<string, string>) {
  const set = /^ENV (.+)$/m.exec(image)?.[1] ?? ''
  const ofImage = Object.fromEntries(
    set.split(/\s+/).map((pair) => pair.split(/=(.*)/).slice(0, 2) as [string, string]),
  )
  return {
    ...ofImage,
    HOST: '127.0.0.1',
    PORT: '0',
    DATA_DIR: mkdtempSync(join(folder, 'data-')),
    NODE_COMPILE_CACHE: join(folder, 'compile-cache'),
    ...more,
  }
}

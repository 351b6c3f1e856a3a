import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { createWorkflow } from '@recomamp/contracts'
import { freePort } from '@recomamp/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildStatic } from '../../../scripts/build-static.ts'
import { openStage, type Stage } from './stage.ts'
import { walkThrough } from './walk-through.ts'

/** Two hosts of one site, as `app.example.com` and `api.example.com` are: the cookie of the one is not the other's. */
let stage: Stage
let files: Server
let folder: string
let webUrl: string

beforeAll(async () => {
  const [webPort, apiPort] = [await freePort(), await freePort()]
  webUrl = `http://app.recomamp.localhost:${webPort}`
  const apiUrl = `http://api.recomamp.localhost:${apiPort}`
  folder = await mkdtemp(join(tmpdir(), 'recomamp-static-'))
  await buildStatic(folder, apiUrl)
  files = createServer((request, response) => void answer(request, response)).listen(webPort, '127.0.0.1')
  await once(files, 'listening')
  stage = await openStage({ PORT: String(apiPort), PUBLIC_URL: apiUrl, WEB_URL: webUrl })
})
afterAll(async () => {
  await stage[Symbol.asyncDispose]()
  files.closeAllConnections()
  files.close()
  await rm(folder, { recursive: true })
})

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** As any server of files: what is there, else the page; no header but the type. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://files').pathname
  const type = types[extname(path)]
  const bytes = await readFile(join(folder, type === undefined ? 'index.html' : path))
  response.writeHead(200, { 'content-type': type ?? 'text/html; charset=utf-8' }).end(bytes)
}

test('S-262: the front end is served by a plain server of files on another origin: signing in, running, events and files work, and its policy holds', async () => {
  const page = await stage.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  const stream = () => page.waitForResponse((response) => response.url().endsWith('/api/events'))
  const first = stream()
  await walkThrough(page, webUrl)
  expect(new URL(page.url()).origin).toBe(webUrl)
  const opened = await first
  expect([opened.status(), new URL(opened.url()).hostname]).toEqual([200, 'api.recomamp.localhost'])

  // A reload has nothing but the cookie of the other host, and the editor's styles come with the nonce of the build.
  const asked = page.waitForRequest((request) => request.url().endsWith('/api/auth/user'))
  const second = stream()
  await page.goto(`${webUrl}/queries`)
  const authorization = (await (await asked).allHeaders())['authorization'] ?? ''
  await page.getByRole('heading', { name: 'My queries' }).waitFor()
  await second
  const made = await fetch(`${stage.url}${createWorkflow.path}`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'Made elsewhere',
      sqlQuery: 'SELECT 1',
      parameters: [],
      values: {},
      instanceId: null,
    }),
  })
  expect(made.status).toBe(201)
  await page.getByRole('link', { name: 'Made elsewhere' }).first().waitFor()
  expect(complaints).toEqual([])

  const refused = await page.evaluate(async (address) => {
    const violation = new Promise<string>((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true })
    })
    await fetch(address).catch(() => {})
    return violation
  }, stage.url)
  expect(refused).toBe('connect-src')
})

test('S-262: a page of another origin reads no answer, and a sign-in that went wrong ends at the front end', async () => {
  const foreign = await fetch(`${stage.url}/api/auth/providers`, {
    headers: { origin: 'http://other.recomamp.localhost' },
  })
  expect(foreign.headers.get('access-control-allow-origin')).toBeNull()
  const back = await fetch(`${stage.url}/api/auth/callback?state=unknown&code=x`, { redirect: 'manual' })
  expect(back.headers.get('location')).toBe(`${webUrl}/sign-in?reason=state-unknown`)
})

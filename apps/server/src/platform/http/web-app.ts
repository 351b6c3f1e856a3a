import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyReply } from 'fastify'
import type { App } from './app-types.ts'
import { pagePolicy, workerPolicy } from './security-headers.ts'

/** What the built page writes where its nonce belongs (Vite's `html.cspNonce`). */
const noncePlaceholder = '__CSP_NONCE__'

/** The script of a thread beside the page. */
const worker = /\.worker-[^/]*\.js$/

/** Serves the files of the built web app; those with a hash in their name are kept by browsers for good.
 *  Answers a function that sends the app's page for an address inside it, or null when the app is not built. */
export async function registerWebApp(
  app: App,
  folder: string,
): Promise<((reply: FastifyReply) => Promise<void>) | null> {
  const page = join(folder, 'index.html')
  if (!existsSync(page)) return null
  await app.register(fastifyStatic, {
    root: folder,
    index: false,
    cacheControl: false,
    globIgnore: ['index.html', '.sources'],
    wildcard: false,
    setHeaders(reply, path) {
      const hashed = path.startsWith(join(folder, 'assets'))
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      if (hashed && worker.test(path)) reply.header('content-security-policy', workerPolicy)
    },
  })
  // Read per request in place of once, so that a rebuild beside a running server is seen at once.
  return async (reply) => {
    const nonce = randomBytes(16).toString('base64')
    const html = await readFile(page, 'utf8')
    await reply
      .code(200)
      .header('content-security-policy', pagePolicy(nonce))
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(html.replaceAll(noncePlaceholder, nonce))
  }
}

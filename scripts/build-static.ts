import { randomBytes } from 'node:crypto'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pagePolicy } from '../apps/server/src/platform/http/security-headers.ts'
import { buildWeb } from './build-web.ts'

/** `build-static.ts FOLDER API`: the web app for a server of static files that is on another origin than the API. */

const dist = join(import.meta.dirname, '../apps/web/dist')
const ownPolicy = '<meta charset="utf-8" />'

/** Puts the web app into a folder, with a page that names its API and carries its own content security policy: what serves it needs to set
 *  no header for that. The nonce of styles is one for the build, since nobody makes a new one for each page. */
export async function buildStatic(folder: string, apiOrigin: string): Promise<void> {
  await buildWeb()
  const notServed = ['.sources', '.vite']
  await cp(dist, folder, { recursive: true, filter: (path) => !notServed.includes(basename(path)) })
  const nonce = randomBytes(16).toString('base64')
  const page = await readFile(join(folder, 'index.html'), 'utf8')
  const filled = page
    .replace(
      ownPolicy,
      `${ownPolicy}\n    <meta http-equiv="content-security-policy" content="${policyOfPage(nonce, apiOrigin)}" />`,
    )
    .replace('<meta name="api-origin" content="" />', `<meta name="api-origin" content="${apiOrigin}" />`)
    .replaceAll('__CSP_NONCE__', nonce)
  await writeFile(join(folder, 'index.html'), filled)
}

/** Who may frame a page is said by a header only; browsers complain where a page says it itself. */
function policyOfPage(nonce: string, apiOrigin: string): string {
  return pagePolicy(nonce, apiOrigin).replace("frame-ancestors 'none'; ", '')
}

if (import.meta.main) {
  const [folder, api] = process.argv.slice(2)
  if (folder === undefined || api === undefined || !/^https?:$/.test(URL.parse(api)?.protocol ?? '')) {
    console.error('Usage: build-static.ts FOLDER API, for example build-static.ts web https://api.example.com')
    process.exit(2)
  }
  await buildStatic(folder, new URL(api).origin)
}

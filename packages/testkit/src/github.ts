import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'

export interface GithubRepository {
  readonly owner: string
  readonly name: string
  readonly files: Readonly<Record<string, string>>
  /** Requests without this token are answered as if the repository did not exist. */
  readonly token?: string
  readonly license?: { readonly spdxId: string; readonly name: string }
}

/** A local server that answers about one repository as GitHub's API does. */
export interface Github extends AsyncDisposable {
  /** For GITHUB_API_URL. */
  readonly url: string
  /** The newest commit. */
  readonly head: string
  /** What was asked for, with the status of the answer: `200 /repos/…`. */
  readonly asked: string[]
  /** A new commit on the default branch with these files. */
  commit(files: Readonly<Record<string, string>>): void
  /** From now on everything is refused as beyond the rate limit, or no longer. */
  setLimited(limited: boolean): void
}

/** Starts it; bodies have the fields that GitHub documents for "Get a commit", "Download a repository archive (tar)" and "Get the
 *  license for a repository" (docs.github.com/en/rest). */
export async function startGithub(repository: GithubRepository): Promise<Github> {
  const base = `/repos/${repository.owner}/${repository.name}`
  const asked: string[] = []
  let { files } = repository
  let isLimited = false
  const headOf = () => createHash('sha1').update(JSON.stringify(files)).digest('hex')

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(request.url ?? '/', url)
    const send = (status: number, body: unknown, headers: Record<string, string> = {}) => {
      asked.push(`${status} ${pathname}`)
      const isArchive = Buffer.isBuffer(body)
      response.writeHead(status, { 'content-type': isArchive ? 'application/x-gzip' : 'application/json', ...headers })
      response.end(isArchive ? body : status === 304 ? undefined : JSON.stringify(body))
    }
    const head = headOf()
    if (isLimited) {
      const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1795730400' }
      return send(
        403,
        { message: 'API rate limit exceeded', documentation_url: 'https://docs.github.com/rest' },
        headers,
      )
    }
    if (pathname === `/codeload/${head}`)
      return send(200, gzipSync(tarOf(files, `${repository.name}-${head.slice(0, 7)}`, head)))
    const isAllowed = repository.token === undefined || request.headers.authorization === `Bearer ${repository.token}`
    if (!isAllowed) return send(404, { message: 'Not Found', status: '404' })
    if (pathname === `${base}/commits/HEAD` || pathname === `${base}/commits/main`) {
      const etag = `W/"${head}"`
      if (request.headers['if-none-match'] === etag) return send(304, null, { etag })
      const committer = { name: 'Somebody', email: 'somebody@example.com', date: '2026-11-20T10:00:00Z' }
      const html = `https://github.com/${repository.owner}/${repository.name}/commit/${head}`
      return send(200, { sha: head, html_url: html, commit: { committer, message: 'Catalogue' } }, { etag })
    }
    if (pathname === `${base}/tarball/${head}`) return send(302, {}, { location: `${url}/codeload/${head}` })
    if (pathname === `${base}/license` && repository.license !== undefined) {
      const { spdxId, name } = repository.license
      const html = `https://github.com/${repository.owner}/${repository.name}/blob/${head}/LICENSE`
      return send(200, {
        name: 'LICENSE',
        path: 'LICENSE',
        html_url: html,
        license: { key: 'x', name, spdx_id: spdxId },
      })
    }
    return send(404, { message: 'Not Found', status: '404' })
  }

  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    get head() {
      return headOf()
    },
    asked,
    commit(next) {
      files = next
    },
    setLimited(limited) {
      isLimited = limited
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** As `git archive` writes it: the commit in a global header, one folder at the top. */
function tarOf(files: Readonly<Record<string, string>>, top: string, commit: string): Buffer {
  const record = ` comment=${commit}\n`
  const global = `${record.length + 2}${record}`
  const parts = [entry('pax_global_header', Buffer.from(global), 'g'), entry(`${top}/`, Buffer.alloc(0), '5')]
  for (const [path, content] of Object.entries(files)) parts.push(entry(`${top}/${path}`, Buffer.from(content), '0'))
  return Buffer.concat([...parts, Buffer.alloc(1024)])
}

function entry(path: string, content: Buffer, type: string): Buffer {
  const header = Buffer.alloc(512)
  if (path.length > 100) {
    // Of a name that is too long the folder stands in a field of its own.
    const cut = path.lastIndexOf('/', 154)
    header.write(path.slice(0, cut), 345)
    header.write(path.slice(cut + 1), 0)
  } else header.write(path, 0)
  header.write('0000644\0', 100)
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124)
  header.write(type, 156)
  header.write('ustar\x0000', 257)
  header.write('        ', 148)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)])
}

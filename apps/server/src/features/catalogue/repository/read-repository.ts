import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { CatalogueOrigin } from '@recomamp/contracts'
import { z } from 'zod'
import type { CatalogueRepository } from '#config.ts'
import { seconds } from '#platform/time.ts'
import { untar } from './untar.ts'

export type ReadRepository =
  | { kind: 'unchanged' }
  | {
      kind: 'read'
      /** For the next question. */
      etag: string | null
      /** The files of the folder by their paths in it. */
      files: Map<string, string>
      origin: Extract<CatalogueOrigin, { kind: 'repository' }>
    }

/** GitHub said no, in words for people. */
export class RepositoryFault extends Error {
  override readonly name = 'RepositoryFault'
}

export interface GithubAccess {
  readonly apiUrl: string
  readonly token: string | null
}

const timeLimit = seconds(60)
/** Far more than any catalogue; a repository of something else was named by mistake. */
const mostBytes = 64 * 1024 * 1024

const Commit = z.object({
  sha: z.string().regex(/^[0-9a-f]{40,64}$/),
  html_url: z.string(),
  commit: z.object({ committer: z.object({ date: z.iso.datetime() }).nullish() }),
})
const License = z.object({
  html_url: z.string().nullish(),
  license: z.object({ spdx_id: z.string().nullish(), name: z.string() }).nullish(),
})

/**
 * Reads a folder of a repository at the commit that its ref is now, by three calls whatever its size: the commit, by whose ETag nothing
 * more is asked when nothing is new, the archive, and the licence.
 */
export async function readRepository(
  github: GithubAccess,
  repository: CatalogueRepository,
  etag: string | null,
): Promise<ReadRepository> {
  const { owner, name, ref, folder } = repository
  const base = `${github.apiUrl}/repos/${owner}/${name}`
  const answer = await ask(github, `${base}/commits/${encodeURIComponent(ref)}`, etag)
  if (answer.status === 304) return { kind: 'unchanged' }
  if (answer.status === 404 || answer.status === 422)
    throw new RepositoryFault(
      `GitHub knows no ${owner}/${name} with ${ref}${github.token === null ? '; a private repository needs GITHUB_TOKEN' : ' that the token may read'}.`,
    )
  const { sha, html_url: url, commit } = Commit.parse(await json(answer))
  const archive = await ask(github, `${base}/tarball/${sha}`, null)
  const files = await filesIn(Buffer.from(await body(archive)), folder)
  const license = await ask(github, `${base}/license?ref=${sha}`, null)
  return {
    kind: 'read',
    etag: answer.headers.get('etag'),
    files,
    origin: {
      kind: 'repository',
      owner,
      name,
      ref,
      folder,
      commit: sha,
      committedAt: commit.committer?.date ?? null,
      url,
      license: license.status === 404 ? null : licenseOf(License.parse(await json(license))),
    },
  }
}

function licenseOf({ license, html_url: url }: z.infer<typeof License>) {
  if (license === null || license === undefined) return null
  return { spdxId: license.spdx_id ?? null, name: license.name, url: url ?? null }
}

async function ask({ token }: GithubAccess, url: string, etag: string | null): Promise<Response> {
  const headers = {
    accept: 'application/vnd.github+json',
    'user-agent': 'recomamp',
    'x-github-api-version': '2022-11-28',
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...(etag === null ? {} : { 'if-none-match': etag }),
  }
  const answer = await fetch(url, { headers, signal: AbortSignal.timeout(timeLimit) }).catch((cause: unknown) => {
    throw new RepositoryFault('GitHub could not be reached; it is asked again by itself.', { cause })
  })
  if (answer.ok || [304, 404, 422].includes(answer.status)) return answer
  throw new RepositoryFault(refusal(answer))
}

function refusal({ status, headers }: Response): string {
  if (status === 401) return 'GitHub does not take the token in GITHUB_TOKEN (401).'
  if (headers.get('x-ratelimit-remaining') === '0' || status === 429) {
    const reset = Number(headers.get('x-ratelimit-reset'))
    const until = reset > 0 ? ` until ${new Date(reset * 1000).toISOString()}` : ''
    return `GitHub answers no more questions${until} (${status}); with GITHUB_TOKEN it answers far more.`
  }
  if (status === 403) return 'GitHub does not let this server read the repository (403).'
  return `GitHub answered with ${status}; it is asked again by itself.`
}

async function json(answer: Response): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await body(answer)))
}

async function body(answer: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of answer.body ?? []) {
    length += chunk.length
    if (length > mostBytes) throw new RepositoryFault('The repository is too large for a catalogue.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const unzip = promisify(gunzip)

async function filesIn(archive: Buffer, folder: string): Promise<Map<string, string>> {
  const tar = await unzip(archive, { maxOutputLength: 2 * mostBytes }).catch((cause: unknown) => {
    throw new RepositoryFault('GitHub sent no archive that can be read.', { cause })
  })
  const inside = folder === '' ? '' : `${folder}/`
  const files = new Map<string, string>()
  for (const { path, bytes } of untar(tar)) {
    // The archive has one folder at its top, whose name GitHub makes of owner, name and commit.
    const file = path.slice(path.indexOf('/') + 1)
    if (!file.startsWith(inside)) continue
    const name = file.slice(inside.length)
    if (/^(?:data-sources|examples|templates)\/|^relationships\.json$/.test(name)) files.set(name, utf8(bytes, file))
  }
  return files
}

function utf8(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new RepositoryFault(`${file} is not UTF-8.`, { cause })
  }
}

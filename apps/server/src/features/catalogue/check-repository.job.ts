import { parseCatalogue } from '@recomamp/amc-catalogue'
import type { CatalogueCheckFailure } from '@recomamp/contracts'
import { sql } from 'kysely'
import type { CatalogueRepository } from '#config.ts'
import type { Ctx } from '#context.ts'
import { claimRows } from '#platform/db/leases.ts'
import type { Job } from '#platform/jobs/job.ts'
import { later, minutes, seconds } from '#platform/time.ts'
import { importCatalogue } from './import-catalogue.ts'
import { completedFiles } from './repository/completed-files.ts'
import { checkRepositoryJobName } from './job-names.ts'
import { RepositoryFault, readRepository } from './repository/read-repository.ts'
import { sourceOf } from './repository/source-of.ts'

/** Three calls with a minute each. */
const checkLease = minutes(4)

/** Asks GitHub for the catalogue's repository, on a schedule and on demand. What is broken there changes nothing here. */
export const checkRepositoryJob: Job = {
  name: checkRepositoryJobName,
  everyMs: seconds(30),
  async run(ctx) {
    const { repository, refreshIntervalMs } = ctx.config.catalogue
    if (repository === null) return
    const source = sourceOf(repository)
    const [held] = await claimRows<'current'>(ctx.db, {
      table: 'catalogue',
      lease: 'lease_until',
      due: sql`checked_source is distinct from ${source} or next_check_at is null or next_check_at <= ${ctx.now()}`,
      first: sql`id`,
      now: ctx.now(),
      leaseMs: checkLease,
      limit: 1,
    })
    if (held === undefined) return
    const { etag, failure } = await check(ctx, repository, source)
    const now = ctx.now()
    await ctx.db
      .updateTable('catalogue')
      .set({
        checked_source: source,
        checked_at: now,
        etag,
        check_failure: failure === null ? null : JSON.stringify(failure),
        next_check_at: later(now, refreshIntervalMs),
        lease_until: null,
      })
      .execute()
  },
}

async function check(
  ctx: Ctx,
  repository: CatalogueRepository,
  source: string,
): Promise<{ etag: string | null; failure: CatalogueCheckFailure | null }> {
  const github = { apiUrl: ctx.config.catalogue.githubApiUrl, token: ctx.secrets.githubToken }
  const before = await ctx.db
    .selectFrom('catalogue')
    .select(['checked_source', 'etag', 'origin'])
    .executeTakeFirstOrThrow()
  // After an import by hand the repository wins again, so it is read although it has not changed.
  const isOurs = before.checked_source === source && before.origin.kind === 'repository'
  const etag = isOurs ? before.etag : null
  try {
    const read = await readRepository(github, repository, etag)
    if (read.kind === 'unchanged') return { etag, failure: null }
    if (read.files.size === 0) throw new RepositoryFault(emptiness(repository))
    const parsed = parseCatalogue(completedFiles(read.files))
    if (!parsed.ok) {
      ctx.log.warn({ source, commit: read.origin.commit, faults: parsed.errors.length }, 'the repository is broken')
      const message = `The commit ${read.origin.commit.slice(0, 7)} was not taken over: its files have faults.`
      return { etag, failure: { message, faults: parsed.errors.slice(0, 100) } }
    }
    const changed = await importCatalogue(ctx.db, parsed.catalogue, read.origin, ctx.now())
    ctx.log.info({ source, commit: read.origin.commit, changed }, 'the catalogue was read from its repository')
    return { etag: read.etag, failure: null }
  } catch (error) {
    ctx.log.warn({ err: error, source }, 'the repository of the catalogue could not be read')
    const message =
      error instanceof RepositoryFault ? error.message : 'GitHub answered with something that cannot be read.'
    return { etag, failure: { message, faults: [] } }
  }
}

function emptiness({ owner, name, folder }: CatalogueRepository): string {
  const place = folder === '' ? `${owner}/${name}` : `The folder ${folder} of ${owner}/${name}`
  return `${place} holds no data-sources, examples or templates.`
}

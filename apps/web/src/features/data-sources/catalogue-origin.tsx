import { type CatalogueOrigin, type CatalogueState, refreshCatalogue } from '@recomamp/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { BookMarked, RefreshCw } from 'lucide-react'
import { catalogue as t } from '#messages/catalogue.ts'
import { useNow } from '#platform/clock.ts'
import { exactly, when } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { PopoverButton } from '#ui/popover-button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { dataSourceQueries } from './data-sources.queries.ts'
import { Fact } from '#ui/fact.tsx'

/** Opens where the catalogue comes from: repository, commit, licence, and how its last check went. */
export function CatalogueButton() {
  return (
    <PopoverButton
      label={t.title}
      button={
        <>
          <BookMarked size={14} strokeWidth={1.7} aria-hidden />
          {t.open}
        </>
      }
      panel="w-[460px] p-4"
      placement="bottom end"
      size="normal"
    >
      <About />
    </PopoverButton>
  )
}

function About() {
  const { data, error, refetch } = useQuery(dataSourceQueries.catalogue())
  const client = useQueryClient()
  const refresh = useMutation({
    ...dataSourceQueries.refreshCatalogue(),
    onSuccess: (state) => client.setQueryData(dataSourceQueries.catalogue().queryKey, state),
  })
  if (error !== null) return <ErrorPanel error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton label={t.reading} />
  const { repository } = data
  return (
    <div className="flex flex-col gap-3">
      <h2 className="text-13">{t.title}</h2>
      <OriginFacts state={data} />
      {repository?.failure && <Failure failure={repository.failure} />}
      {refresh.error !== null && <ErrorPanel error={refresh.error} />}
      {repository !== null && (
        <Button
          needs={refreshCatalogue}
          busy={repository.checking || refresh.isPending}
          onPress={() => refresh.mutate()}
        >
          <RefreshCw size={14} strokeWidth={1.7} aria-hidden />
          {repository.checking || refresh.isPending ? t.checking : t.check}
        </Button>
      )}
    </div>
  )
}

function OriginFacts({ state: { origin, importedAt, counts, repository } }: { state: CatalogueState }) {
  const now = useNow(60_000)
  return (
    <dl className="field-facts">
      <Fact name={t.facts.origin}>
        <Origin origin={origin} />
      </Fact>
      {origin.kind === 'repository' && (
        <>
          <Fact name={t.facts.commit}>
            <a href={origin.url} target="_blank" rel="noreferrer" className="mono" title={origin.commit}>
              {origin.commit.slice(0, 12)}
            </a>
            , {t.ref(origin.ref)}
            {origin.committedAt !== null && `, ${t.committed(exactly(origin.committedAt))}`}
          </Fact>
          <Fact name={t.facts.folder}>
            {origin.folder === '' ? t.wholeFolder : <span className="mono">{origin.folder}</span>}
          </Fact>
        </>
      )}
      <Fact name={t.facts.licence}>
        <Licence origin={origin} />
      </Fact>
      <Fact name={t.facts.imported}>{exactly(importedAt)}</Fact>
      <Fact name={t.facts.holds}>{t.holds(counts)}</Fact>
      {repository !== null && (
        <Fact name={t.facts.checked}>
          <span role="status">
            {repository.checking
              ? t.checking
              : repository.checkedAt === null
                ? t.never
                : when(repository.checkedAt, now)}
          </span>
        </Fact>
      )}
    </dl>
  )
}

function Origin({ origin }: { origin: CatalogueOrigin }) {
  if (origin.kind === 'shipped') return t.shipped(origin.version)
  if (origin.kind === 'file') return t.file(origin.path)
  return (
    <a href={homeOf(origin)} target="_blank" rel="noreferrer" className="mono">
      {origin.owner}/{origin.name}
    </a>
  )
}

/** Of the repository; its `url` is that of the commit. */
function homeOf({ url }: Extract<CatalogueOrigin, { kind: 'repository' }>): string {
  return url.replace(/\/commit\/[^/]*$/, '')
}

function Licence({ origin }: { origin: CatalogueOrigin }) {
  if (origin.kind === 'shipped') return t.shippedLicence
  if (origin.kind === 'file') return t.fileLicence
  const { license } = origin
  if (license === null) return t.noLicence
  const words = license.spdxId === null ? license.name : `${license.name} (${license.spdxId})`
  if (license.url === null) return words
  return (
    <a href={license.url} target="_blank" rel="noreferrer">
      {words}
    </a>
  )
}

const mostFaults = 8

function Failure({ failure }: { failure: NonNullable<NonNullable<CatalogueState['repository']>['failure']> }) {
  return (
    <div className="text-warn bg-warn-tint rounded-6 flex flex-col gap-1 px-3 py-2">
      <p>{t.failed}</p>
      <p className="break-words">{failure.message}</p>
      <ul className="text-12">
        {failure.faults.slice(0, mostFaults).map(({ file, line, field, message }) => (
          <li key={`${file} ${line} ${field} ${message}`} className="break-words">
            <span className="mono">
              {t.fault(file, line)} {field}
            </span>
            : {message}
          </li>
        ))}
      </ul>
      {failure.faults.length > mostFaults && <p>{t.moreFaults(failure.faults.length - mostFaults)}</p>}
    </div>
  )
}

/** In one sentence, where facts are shown. */
export function CatalogueLine() {
  const { data } = useQuery(dataSourceQueries.catalogue())
  if (data === undefined) return null
  const { origin } = data
  if (origin.kind !== 'repository')
    return (
      <p className="text-text-2 mt-3">
        {origin.kind === 'shipped' ? t.inShort.shipped(origin.version) : t.inShort.file(origin.path)}
      </p>
    )
  const { license, url, owner, name, commit } = origin
  return (
    <p className="text-text-2 mt-3">
      {t.inShort.repository}{' '}
      <a href={homeOf(origin)} target="_blank" rel="noreferrer" className="mono">
        {owner}/{name}
      </a>
      ,{' '}
      <a href={url} target="_blank" rel="noreferrer" className="mono">
        {commit.slice(0, 12)}
      </a>
      , {license === null ? t.inShort.noLicence : t.inShort.licence(license.spdxId ?? license.name)}.
    </p>
  )
}

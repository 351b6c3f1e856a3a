import { type ExecutionId, type Export, openDownload } from '@recomamp/contracts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { counts } from '#messages/counts.ts'
import { exports as t } from '#messages/exports.ts'
import { call } from '#platform/api.ts'
import { apiAddress } from '#platform/api-origin.ts'
import { useNow } from '#platform/clock.ts'
import { bytesInWords, spanInWords, when } from '#platform/words.ts'
import { Button, LinkButton } from '#ui/button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { exportQueries } from './exports.queries.ts'
import { useMakeExport } from './use-make-export.ts'

/** The files of a result that are ready or being made, with their way to the disk. */
export function ExportFiles({ executionId, rowCount }: { executionId: ExecutionId; rowCount: number }) {
  const { data, error, refetch } = useQuery(exportQueries.ofExecution(executionId))
  if (data === undefined) return error === null ? null : <ErrorPanel error={error} onRetry={() => void refetch()} />
  if (data.items.length === 0) return null
  return (
    <section aria-label={t.files} className="border-line-subtle flex flex-col gap-1 border-t pt-2">
      <h3 className="field-label">{t.files}</h3>
      <ul className="text-12 flex max-h-[30vh] flex-col gap-2 overflow-auto">
        {data.items.map((made) => (
          <ExportFile key={made.id} made={made} rowCount={rowCount} />
        ))}
      </ul>
    </section>
  )
}

function ExportFile({ made, rowCount }: { made: Export; rowCount: number }) {
  const download = useMutation({
    mutationFn: () => call(openDownload, { params: { exportId: made.id } }),
    onSuccess: ({ url }) => follow(url),
  })
  const make = useMakeExport(made.executionId)
  return (
    <li className="flex items-start gap-2">
      <div className="flex min-w-0 flex-1 flex-col">
        <span className="cut" title={made.fileName}>
          {made.fileName}
          {made.keepsFormulas && <span className="text-text-3"> · {t.withFormulas}</span>}
        </span>
        <span role="status" className={made.status === 'failed' ? 'text-bad' : 'text-text-3'}>
          {made.status === 'running' || made.status === 'queued' ? (
            <Progress made={made} rowCount={rowCount} />
          ) : made.status === 'failed' ? (
            t.failed(made.failure ?? '')
          ) : (
            <Ready made={made} />
          )}
        </span>
        {download.error !== null && <ErrorPanel error={download.error} />}
      </div>
      {made.status === 'completed' && (
        <Button
          size="small"
          aria-label={t.downloadFile(made.fileName)}
          busy={download.isPending}
          onPress={() => download.mutate()}
        >
          <Download size={14} strokeWidth={1.7} aria-hidden />
          {t.download}
        </Button>
      )}
      {made.status === 'failed' && (
        <LinkButton onPress={() => make.mutate({ format: made.format, keepsFormulas: made.keepsFormulas })}>
          {t.again}
        </LinkButton>
      )}
    </li>
  )
}

function Progress({ made, rowCount }: { made: Export; rowCount: number }) {
  const now = useNow(1000)
  if (made.status === 'queued') return t.queued
  return t.running(counts.rows(rowCount), spanInWords(now.getTime() - new Date(made.requestedAt).getTime()))
}

function Ready({ made }: { made: Export }) {
  const now = useNow(60_000)
  const facts = [
    t.ready(counts.rows(made.rowCount ?? 0), bytesInWords(made.bytes ?? 0)),
    ...(made.expiresAt === null ? [] : [t.expires(when(made.expiresAt, now))]),
  ]
  return facts.join(', ')
}

/** As a click on a link: the browser saves the file and the page stays. */
function follow(url: string): void {
  const link = document.createElement('a')
  link.href = apiAddress(url)
  link.download = ''
  link.click()
}

import { type AnswerOf, type Keeping, auditDaysAtLeast, type previewKeeping } from '@recomamp/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { keeping as t } from '#messages/keeping.ts'
import { bytesInWords, instantDay } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Select } from '#ui/select.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { tell } from '#ui/toast.tsx'
import { keepingQueries } from './settings.queries.ts'

type Field = keyof Keeping

/** Null: for ever. */
const offered: Record<Field, readonly (number | null)[]> = {
  resultDays: [null, 7, 30, 90, 180, 365, 730],
  auditDays: [null, auditDaysAtLeast, 180, 365, 730, 1825],
  deliveryDays: [7, 14, 30, 60, 90, 180, 365],
}

interface KeptForProps {
  field: Field
  kept: number | null
  isOwner: boolean
}

/** How long one kind of thing is kept; another time is saved once it has been said what that removes. */
export function KeptFor({ field, kept, isOwner }: KeptForProps) {
  const id = useId()
  const [days, setDays] = useState(kept)
  const words = t.fields[field]
  // A time that was set over the API is among the choices too.
  const choices = offered[field].includes(kept)
    ? offered[field]
    : [...offered[field], kept].toSorted((a, b) => (a ?? 0) - (b ?? 0))
  return (
    <section aria-labelledby={id} className="flex max-w-[640px] flex-col items-start gap-1.5">
      <h3 id={id} className="text-12">
        {words.title}
      </h3>
      {isOwner ? (
        <div className="w-[220px] max-w-full">
          <Select
            label={words.label}
            labelAt="hidden"
            value={String(days)}
            onChange={(value) => setDays(value === 'null' ? null : Number(value))}
            choices={choices.map((each) => ({ value: String(each), label: t.days(each) }))}
          />
        </div>
      ) : (
        <p>{t.days(kept)}</p>
      )}
      <p className="text-12 text-text-2 max-w-[60ch]">{words.help}</p>
      {days !== kept && <Change field={field} from={kept} to={days} onCancel={() => setDays(kept)} />}
    </section>
  )
}

interface ChangeProps {
  field: Field
  from: number | null
  to: number | null
  onCancel: () => void
}

function Change({ field, from, to, onCancel }: ChangeProps) {
  const client = useQueryClient()
  const isLess = to !== null && (from === null || to < from)
  const removes = useQuery({ ...keepingQueries.removes(to === null ? {} : { [field]: to }), enabled: isLess })
  const change = useMutation({
    ...keepingQueries.change(),
    onSuccess(kept) {
      tell(t.saved)
      client.setQueryData(keepingQueries.kept().queryKey, kept)
    },
  })
  return (
    <div className="border-line bg-surface flex w-full flex-col gap-2 rounded-6 border px-3.5 py-2.5">
      {removes.error !== null && <ErrorPanel error={removes.error} onRetry={() => void removes.refetch()} />}
      {isLess && removes.isPending && <Skeleton label={t.reading} rows={1} />}
      <p role="status">
        {!isLess && (to === null ? t.removesNoMore : t.removesNothing)}
        {isLess && removes.data !== undefined && wordsOf(removes.data)}
      </p>
      {change.error !== null && <ErrorPanel error={change.error} />}
      <div className="flex flex-wrap gap-2">
        <Button
          look={isLess && removes.data !== undefined && removesAny(removes.data) ? 'danger' : 'primary'}
          // Nobody agrees to what has not been said yet.
          busy={change.isPending || (isLess && removes.data === undefined)}
          onPress={() => change.mutate({ [field]: to })}
        >
          {t.save}
        </Button>
        <Button onPress={onCancel}>{t.cancel}</Button>
      </div>
    </div>
  )
}

type Removes = AnswerOf<typeof previewKeeping>

function removesAny({ results, auditEntries, deliveries }: Removes): boolean {
  return results.count + auditEntries + deliveries > 0
}

function wordsOf(removes: Removes): string {
  const { results, auditEntries, deliveries } = removes
  if (!removesAny(removes)) return `${t.removesNothing} ${t.later}`
  const parts = [
    results.count > 0 && t.results(results.count, bytesInWords(results.bytes)),
    auditEntries > 0 && t.auditEntries(auditEntries),
    deliveries > 0 && t.deliveries(deliveries),
  ].filter((part) => part !== false)
  const oldest = results.oldest === null ? '' : t.removesFrom(instantDay(results.oldest))
  return `${t.removes(parts.join(', '))}${oldest} ${t.later}`
}

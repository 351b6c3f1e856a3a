import { isFinal } from '@recomamp/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Check, Search } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { ListBox, ListBoxItem } from 'react-aria-components'
import { workbench } from '#messages/workbench.ts'
import { useNow } from '#platform/clock.ts'
import { figure, when, windowInWords } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { type KnownValues, knownValueQueries, runInventory } from './known-values.queries.ts'
import type { KnownFrom } from './list-value.tsx'

const t = workbench.parameters.pick

interface ValuePickerProps {
  known: KnownFrom
  values: readonly string[]
  onChange: (values: string[]) => void
}

/** More are never drawn; the search brings the others. */
const mostShown = 200

/** Chooses among what an orientation query found on the instance; says from when that is, and runs it where nothing is known. */
export function ValuePicker({ known, values, onChange }: ValuePickerProps) {
  const { data, error, refetch } = useQuery(knownValueQueries.of(known.kind, known.instance.id))
  if (data === undefined)
    return error === null ? (
      <Skeleton label={t.reading} rows={4} />
    ) : (
      <ErrorPanel error={error} onRetry={() => void refetch()} />
    )
  return (
    <>
      {data.source === null ? (
        <p className="min-h-0 flex-1 px-3 py-3">{t.none[known.kind](known.instance.name)}</p>
      ) : (
        <Choices source={data.source} values={values} onChange={onChange} />
      )}
      <Origin known={known} data={data} />
    </>
  )
}

interface ChoicesProps extends Pick<ValuePickerProps, 'values' | 'onChange'> {
  source: NonNullable<KnownValues['source']>
}

function Choices({ source, values, onChange }: ChoicesProps) {
  const [text, setText] = useState('')
  const asked = useDeferredValue(text)
  const found = useMemo(() => {
    const words = asked.toLowerCase().split(/\s+/).filter(Boolean)
    return source.values.filter((each) => {
      const about = `${each.name} ${each.value} ${each.detail}`.toLowerCase()
      return words.every((word) => about.includes(word))
    })
  }, [source.values, asked])
  const shown = found.slice(0, mostShown)
  const choose = (keys: 'all' | Iterable<string | number>) => {
    const chosen = new Set(keys === 'all' ? shown.map(({ value }) => value) : [...keys].map(String))
    const isShown = new Set(shown.map(({ value }) => value))
    const kept = values.filter((each) => !isShown.has(each) || chosen.has(each))
    onChange([...kept, ...[...chosen].filter((each) => !values.includes(each))])
  }
  return (
    <>
      <label className="border-line-subtle flex flex-none items-center gap-2 border-b px-3 py-2">
        <Search size={14} strokeWidth={1.7} aria-hidden className="text-text-3 flex-none" />
        <input
          aria-label={t.find}
          placeholder={t.find}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- it is opened to type into it
          autoFocus
          autoComplete="off"
          spellCheck={false}
          className="min-w-0 flex-1 bg-transparent outline-none"
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <span role="status" className="text-11 text-text-3 flex-none">
          {t.found(figure(found.length), values.length)}
        </span>
      </label>
      <ListBox
        aria-label={t.list}
        selectionMode="multiple"
        // Escape closes, and takes nothing back.
        escapeKeyBehavior="none"
        selectedKeys={values}
        onSelectionChange={choose}
        items={shown}
        className="min-h-0 flex-1 overflow-auto p-1 outline-none"
        renderEmptyState={() => <p className="text-12 text-text-2 p-2">{t.nothing(text.trim())}</p>}
      >
        {(each) => (
          <ListBoxItem id={each.value} textValue={each.name} className="menu-item min-h-[40px]!">
            {({ isSelected }) => (
              <>
                <span className="flex min-w-0 flex-1 flex-col">
                  <span className="cut">{each.name}</span>
                  <span className="text-11 text-text-3 cut">
                    {each.name === each.value ? each.detail : `${each.value}, ${each.detail}`}
                  </span>
                </span>
                {isSelected && <Check size={14} strokeWidth={1.7} aria-hidden className="text-accent-text flex-none" />}
              </>
            )}
          </ListBoxItem>
        )}
      </ListBox>
      {(found.length > mostShown || source.isCut) && (
        <p className="text-11 text-text-3 flex-none px-3 py-1">
          {source.isCut ? t.cut(figure(source.values.length)) : t.first(figure(mostShown), figure(found.length))}
        </p>
      )}
    </>
  )
}

/** From which run the values are, how the next one stands, and the way to it. */
function Origin({ known, data: { source, latest } }: { known: KnownFrom; data: KnownValues }) {
  const client = useQueryClient()
  const now = useNow(60_000)
  const run = useMutation({
    mutationFn: () => runInventory(known.kind, known.instance.id, now),
    onSettled: () => client.invalidateQueries(knownValueQueries.of(known.kind, known.instance.id)),
  })
  const isRunning = run.isPending || (latest !== null && !isFinal(latest.status))
  const hasFailed = !isRunning && latest?.status === 'failed' && latest.id !== source?.run.id
  return (
    <footer className="border-line-subtle text-12 flex flex-none flex-col gap-1.5 border-t px-3 py-2">
      {run.error !== null && <ErrorPanel error={run.error} />}
      {hasFailed && (
        <p className="text-bad">
          {t.failed(latest.failure?.message ?? '')}{' '}
          <Link to="/executions/$executionId" params={{ executionId: latest.id }} search={{}}>
            {workbench.resultPane.openExecution}
          </Link>
        </p>
      )}
      <div className="flex items-center justify-between gap-2">
        <span role="status" className="text-text-2 min-w-0">
          {isRunning
            ? t.running
            : source === null
              ? t.unasked
              : t.source(
                  source.run.workflow.name,
                  known.instance.name,
                  when(source.run.finishedAt ?? source.run.requestedAt, now),
                  windowInWords(source.run.window),
                )}
        </span>
        <Button
          look={source === null ? 'primary' : 'default'}
          size="small"
          busy={isRunning}
          onPress={() => run.mutate()}
        >
          {source === null ? t.run : t.again}
        </Button>
      </div>
    </footer>
  )
}

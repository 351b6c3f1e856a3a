import { mostCompared } from '@recomamp/amc-catalogue/compare'
import { jsonText, toCsvExport } from '@recomamp/amc-catalogue/export'
import type { DataSourceSummary } from '@recomamp/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Download, GitCompareArrows, X } from 'lucide-react'
import { dataSources } from '#messages/data-sources.ts'
import { saveFile } from '#platform/save-file.ts'
import { Button } from '#ui/button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { dataSourceQueries } from './data-sources.queries.ts'

const t = dataSources.selection

interface SelectionBarProps {
  selected: readonly DataSourceSummary[]
  onSelect: (names: readonly string[]) => void
  onCompare: () => void
}

/** What can be done with the selected tables: files of them with their fields, and a comparison. */
export function SelectionBar({ selected, onSelect, onCompare }: SelectionBarProps) {
  const names = selected.map(({ name }) => name)
  // What only an instance has is described by nobody but Amazon's answer, and a file of the catalogue holds documented tables.
  const documented = selected.filter((source) => source.documented).map(({ name }) => name)
  const client = useQueryClient()
  const save = useMutation({
    async mutationFn(format: 'csv' | 'json') {
      const content = await client.fetchQuery(dataSourceQueries.export(documented))
      if (format === 'csv') saveFile('data-sources.csv', 'text/csv', toCsvExport(content))
      else saveFile('data-sources.json', 'application/json', jsonText(content))
    },
  })
  const comparable = names.length >= 2 && names.length <= mostCompared
  return (
    <section aria-label={t.label} className="bg-sunken border-line flex-none border-t">
      {save.error !== null && <ErrorPanel error={save.error} />}
      <div className="flex min-h-12 flex-wrap items-center gap-2 px-4 py-2 tablet:px-6">
        <strong role="status">{t.count(names.length)}</strong>
        <div className="hidden min-w-0 flex-1 flex-wrap gap-1.5 tablet:flex">
          {names.slice(0, 6).map((name) => (
            <span key={name} className="chip">
              <span className="mono">{name}</span>
              <button
                type="button"
                aria-label={t.remove(name)}
                onClick={() => onSelect(names.filter((one) => one !== name))}
              >
                <X size={12} strokeWidth={2} aria-hidden />
              </button>
            </span>
          ))}
          {names.length > 6 && <span className="text-text-2 self-center">{dataSources.more(names.length - 6)}</span>}
        </div>
        {documented.length < names.length && (
          <span className="text-12 text-text-2">{t.uploads(names.length - documented.length)}</span>
        )}
        {!comparable && <span className="text-12 text-text-2">{t.compareLimit}</span>}
        <Button look="quiet" onPress={() => onSelect([])}>
          {t.clear}
        </Button>
        {documented.length > 0 &&
          (['csv', 'json'] as const).map((format) => (
            <Button key={format} busy={save.isPending} onPress={() => save.mutate(format)}>
              <Download size={14} strokeWidth={1.7} aria-hidden />
              {t[format]}
            </Button>
          ))}
        <Button look="ink" aria-disabled={comparable ? 'false' : 'true'} onPress={() => comparable && onCompare()}>
          <GitCompareArrows size={14} strokeWidth={1.7} aria-hidden />
          {t.compare(names.length)}
        </Button>
      </div>
    </section>
  )
}

import { type ExecutionId, ExportFormat, xlsxRowLimit } from '@recomamp/contracts'
import { useState } from 'react'
import { exports as t } from '#messages/exports.ts'
import { figure } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { useMakeExport } from './use-make-export.ts'

interface ExportFormProps {
  executionId: ExecutionId
  rowCount: number
  fitsSheet: boolean
}

/** Chooses a format; one that cannot hold the whole result is not offered and says why. */
export function ExportForm({ executionId, rowCount, fitsSheet }: ExportFormProps) {
  const [format, setFormat] = useState<ExportFormat>('csv')
  const [keepsFormulas, setKeepsFormulas] = useState(false)
  const make = useMakeExport(executionId)
  return (
    <form
      className="text-12 flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (!make.isPending) make.mutate({ format, keepsFormulas: keepsFormulas && format === 'csv' })
      }}
    >
      <fieldset className="flex flex-col">
        <legend className="field-label pb-1">{t.format}</legend>
        {ExportFormat.options.map((each) => {
          const isOffered = each !== 'xlsx' || fitsSheet
          return (
            <div key={each} className="py-0.5">
              <label className="flex min-h-[24px] items-center gap-2">
                <input
                  type="radio"
                  name="format"
                  value={each}
                  checked={format === each}
                  disabled={!isOffered}
                  aria-describedby={`format-${each}`}
                  onChange={() => setFormat(each)}
                />
                <span className={isOffered ? '' : 'text-text-3'}>{t.formats[each]}</span>
              </label>
              <p id={`format-${each}`} className="text-text-3 pl-5">
                {isOffered ? t.fits[each] : t.tooManyRows(figure(xlsxRowLimit), figure(rowCount))}
              </p>
            </div>
          )
        })}
      </fieldset>
      {format === 'csv' && (
        <div>
          <label className="flex min-h-[24px] items-center gap-2">
            <input
              type="checkbox"
              checked={keepsFormulas}
              aria-describedby="keeps-formulas"
              onChange={(event) => setKeepsFormulas(event.target.checked)}
            />
            <span>{t.keepsFormulas}</span>
          </label>
          <p id="keeps-formulas" className="text-text-3 pl-5">
            {t.keepsFormulasHelp}
          </p>
        </div>
      )}
      {make.error !== null && <ErrorPanel error={make.error} />}
      <Button type="submit" look="ink" busy={make.isPending}>
        {t.make}
      </Button>
    </form>
  )
}

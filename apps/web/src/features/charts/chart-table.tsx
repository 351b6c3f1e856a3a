import type { ChartData } from '@recomamp/contracts'
import { charts as t } from '#messages/charts.ts'
import { keyTexts, measureFormat, measureName } from './drawing.ts'
import { numberOf } from './chart-values.ts'

/** The points of a chart as rows: all that the picture shows. */
export function ChartTable({ data, caption }: { data: ChartData; caption: string }) {
  const textsOf = data.keys.map((_, at) => keyTexts({ data }, at))
  const formats = data.measures.map((_, at) => measureFormat(data, at))
  const hasFiltered = data.points.some(({ filtered }) => filtered.some((cell) => (numberOf(cell) ?? 0) > 0))
  return (
    // A list that scrolls must be reachable by key.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="min-h-0 flex-1 overflow-auto" tabIndex={0} role="region" aria-label={caption}>
      <table className="rows">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {data.keys.map(({ name }) => (
              <th key={name} className="mono">
                {name}
              </th>
            ))}
            {data.measures.map((_, at) => (
              <th key={measureName(data, at)} className="num">
                {measureName(data, at)}
              </th>
            ))}
            {hasFiltered && <th className="num">{t.filteredKey}</th>}
          </tr>
        </thead>
        <tbody>
          {data.points.map((point) => (
            <tr key={JSON.stringify([point.keys, point.values])}>
              {point.keys.map((key, at) => (
                // oxlint-disable-next-line react/no-array-index-key -- columns do not move
                <td key={at} className={key.is === 'filtered' ? 'guard-hatch' : ''}>
                  {textsOf[at]?.(key)}
                </td>
              ))}
              {data.measures.map((_, at) => {
                const value = numberOf(point.values[at])
                return (
                  // oxlint-disable-next-line react/no-array-index-key -- columns do not move
                  <td key={at} className="num" title={point.values[at] ?? undefined}>
                    {value === null ? '–' : formats[at]?.exact(value)}
                  </td>
                )
              })}
              {hasFiltered && <td className="num">{formats[0]?.exact(numberOf(point.filtered[0]) ?? 0)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

import type { QueryTemplate } from '@recomamp/contracts'
import { templates as t } from '#messages/templates.ts'

type Parameter = QueryTemplate['parameters'][number]

/** The parameters of a template, each with its type and what stands there when nobody gives a value. */
export function TemplateValues({ parameters, described }: { parameters: readonly Parameter[]; described?: boolean }) {
  if (parameters.length === 0) return <p className="text-text-2">{t.noValues}</p>
  return (
    <ul className="flex flex-col gap-2.5">
      {parameters.map((one) => (
        <li key={one.name}>
          <span className="flex flex-wrap items-baseline justify-between gap-x-3">
            <span className="parameter-pill mono">{one.name}</span>
            <span className="text-12 text-text-2">{kindInWords(one)}</span>
          </span>
          {described && one.description && <p className="text-12 text-text-2 mt-1">{one.description}</p>}
        </li>
      ))}
    </ul>
  )
}

function kindInWords({ type, list, whenEmpty, default: value }: Parameter): string {
  const kind = list ? t.listOf(type) : type
  if (value === undefined) return `${kind}, ${t.noDefault}`
  if (list && whenEmpty === 'all' && Array.isArray(value) && value.length === 0) return `${kind}, ${t.emptyMeansAll}`
  return `${kind}, ${Array.isArray(value) ? value.join(', ') : value === '' ? '""' : String(value)}`
}

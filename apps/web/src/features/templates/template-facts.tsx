import type { QueryTemplate } from '@recomamp/contracts'
import { templates as t } from '#messages/templates.ts'

/** What an analysis reads and gives, what privacy asks of it, and which window suits it. */
export function TemplateFacts({ template, withTables = true }: { template: QueryTemplate; withTables?: boolean }) {
  const [first = '', ...others] = template.tables
  const facts: [string, string][] = [
    ...(withTables ? [[t.facts.reads, `${first}${t.andMore(others.length)}`] as [string, string]] : []),
    [t.facts.gives, template.isAudience ? t.givesAudience : t.columnCount(template.columns.length)],
    ...(template.window === null
      ? []
      : [
          [
            t.facts.window,
            `${t.windowOf(template.window.days, template.window.endsDaysAgo)}. ${template.window.advice}`,
          ] as [string, string],
        ]),
    [t.facts.tested, t.tests(template.tests.length)],
    ...(template.owner === null ? [] : [[t.facts.owner, template.owner.name ?? ''] as [string, string]]),
  ]
  return (
    <dl className="text-12 grid grid-cols-[72px_minmax(0,1fr)] gap-x-3 gap-y-1.5">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-text-2">{name}</dt>
          <dd className="break-words">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

import type { QueryTemplateSummary } from '@recomamp/contracts'
import {
  ChartBar,
  ChartColumn,
  ChartColumnStacked,
  ChartLine,
  ChartScatter,
  Check,
  Filter,
  Grid3x3,
  Layers,
  type LucideIcon,
  Table2,
  TriangleAlert,
  Users,
  Workflow,
} from 'lucide-react'
import { templates as t } from '#messages/templates.ts'

const charts: Record<NonNullable<QueryTemplateSummary['chart']>['kind'], LucideIcon> = {
  line: ChartLine,
  bar: ChartBar,
  'stacked-bar': ChartColumnStacked,
  funnel: Filter,
  sankey: Workflow,
  overlap: Layers,
  heatmap: Grid3x3,
  scatter: ChartScatter,
  histogram: ChartColumn,
}

/** The kind of picture that an analysis gives. */
export function ChartMark({ template }: { template: QueryTemplateSummary }) {
  const Icon = template.isAudience ? Users : template.chart === null ? Table2 : charts[template.chart.kind]
  return <Icon size={16} strokeWidth={1.6} aria-hidden className="text-text-3 flex-none" />
}

/** Four pips and the number that they stand for. */
export function DifficultyMark({ level, named }: { level: number; named?: boolean }) {
  return (
    <span className="text-12 text-text-2 inline-flex items-center gap-[7px] whitespace-nowrap">
      <span className="difficulty" aria-hidden>
        {[1, 2, 3, 4].map((one) => (
          <i key={one} className={one <= level ? 'full' : ''} />
        ))}
      </span>
      {t.difficultyOf(level)}
      {named && `, ${t.difficulties[level]}`}
    </span>
  )
}

/** Whether it runs on the chosen instance, as far as that is known. */
export function RunsHere({ template, instance }: { template: QueryTemplateSummary; instance?: string | undefined }) {
  const { missingTables, needsValues } = template
  if (missingTables !== null && missingTables.length > 0)
    return (
      <span className="text-12 text-text-2">
        {instance === undefined
          ? t.runs.lacks(missingTables.length)
          : t.runs.lacksOn(missingTables.join(', '), instance)}
      </span>
    )
  if (needsValues.length > 0)
    return (
      <span className="text-12 text-warn inline-flex items-center gap-1">
        <TriangleAlert size={12} strokeWidth={2} aria-hidden />
        {t.runs.needsValues(needsValues.length)}
      </span>
    )
  if (missingTables === null) return null
  return (
    <span className="text-12 text-text-2 inline-flex items-center gap-1">
      <Check size={12} strokeWidth={2} aria-hidden className="text-ok" />
      {instance === undefined ? t.runs.asItIs : t.runs.asItIsOn(instance)}
    </span>
  )
}

import type { ChartDescription } from '@recomamp/contracts'
import type { EChartsCoreOption } from 'echarts/core'
import { charts as t } from '#messages/charts.ts'
import { flowModel } from './chart-model.ts'
import { numberOf } from './chart-values.ts'
import { hatch } from './chart-theme.ts'
import { colorOf, common, type Drawing, keyTexts, measureFormat, measureName, tooltip } from './drawing.ts'

interface Item {
  name?: string
  value?: number
  dataIndex?: number
  data?: { source?: string; target?: string; label?: unknown }
}

const inPercent = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 1 })

/** The stages of a funnel with their values; of columns, one stage each. */
export function stagesOf({
  data,
  chart,
}: Pick<Drawing, 'data' | 'chart'>): { name: string; value: number; hidden: boolean }[] {
  if (chart.kind === 'funnel' && chart.stages.length > 1)
    return data.measures.map((measure, at) => ({
      name: measure.column?.name ?? t.rows,
      value: numberOf(data.points[0]?.values[at]) ?? 0,
      hidden: false,
    }))
  const textOf = keyTexts({ data }, 0)
  return data.points.flatMap(({ keys: [key], values }) =>
    key === undefined ? [] : [{ name: textOf(key), value: numberOf(values[0]) ?? 0, hidden: key.is === 'filtered' }],
  )
}

/** A funnel: each stage with its share of the first. */
export function funnelOption(drawing: Drawing): EChartsCoreOption {
  const { data, theme, width } = drawing
  const stages = stagesOf(drawing).slice(0, 12)
  const first = stages[0]?.value ?? 0
  const { exact } = measureFormat(data, 0)
  const words = (at: number) => {
    const value = stages[at]?.value ?? 0
    return at === 0 || first === 0 ? exact(value) : `${exact(value)}  ${inPercent.format(value / first)}`
  }
  return {
    ...common(drawing),
    tooltip: tooltip(drawing, {
      trigger: 'item',
      formatter: ({ dataIndex = 0, name = '' }: Item) =>
        `${name}\n${exact(stages[dataIndex]?.value ?? 0)}, ${t.ofFirst(inPercent.format(first === 0 ? 0 : (stages[dataIndex]?.value ?? 0) / first))}`,
    }),
    series: [
      {
        type: 'funnel',
        sort: 'none',
        gap: 3,
        minSize: '2%',
        left: width < 480 ? 4 : '18%',
        right: Math.min(220, width * 0.38),
        top: 6,
        bottom: 6,
        width: 'auto',
        label: {
          position: 'right',
          color: theme.text,
          fontSize: 12,
          formatter: ({ dataIndex = 0, name = '' }: Item) => `${name}\n{v|${words(dataIndex)}}`,
          lineHeight: 16,
          rich: { v: { color: theme.text2, fontSize: 11, lineHeight: 16 } },
        },
        labelLine: { length: 12, lineStyle: { color: theme.line } },
        data: stages.map(({ name, value, hidden }) => ({
          name,
          value,
          itemStyle: hidden ? hatch(theme.guardTint, theme.guard) : { color: theme.series[0], borderWidth: 0 },
        })),
      },
    ],
  }
}

/** Flows from step to step. */
export function sankeyOption(drawing: Drawing<Extract<ChartDescription, { kind: 'sankey' }>>): EChartsCoreOption {
  const { data, chart, theme, width } = drawing
  const model = flowModel(data, chart, t.other)
  const { exact } = measureFormat(data, 0)
  const deepest = Math.max(0, ...model.nodes.map(({ depth }) => depth))
  const names = [...new Set(model.nodes.map(({ name }) => name))]
  const nameOf = (id: string | undefined) => model.nodes[Number(id)]?.name ?? ''
  const column = Math.max(60, (width - 24) / (deepest + 1) - 26)
  return {
    ...common(drawing),
    tooltip: tooltip(drawing, {
      trigger: 'item',
      formatter: ({ data: item, name, value = 0 }: Item) =>
        item?.source === undefined
          ? `${nameOf(name)}  ${exact(value)} ${measureName(data, 0)}`
          : `${nameOf(item.source)} → ${nameOf(item.target)}\n${exact(value)} ${measureName(data, 0)}`,
    }),
    series: [
      {
        type: 'sankey',
        left: 4,
        right: Math.min(column + 12, 170),
        top: 8,
        bottom: 8,
        nodeWidth: 10,
        nodeGap: 10,
        layoutIterations: 32,
        draggable: false,
        emphasis: { focus: 'adjacency' },
        label: {
          color: theme.text,
          fontSize: 11,
          width: Math.min(column, 160),
          overflow: 'truncate',
          formatter: ({ name }: Item) => nameOf(name),
        },
        lineStyle: { color: 'source', opacity: 0.28, curveness: 0.5 },
        data: model.nodes.map(({ depth, name, other }, at) => ({
          name: String(at),
          depth,
          itemStyle: { color: other ? theme.other : colorOf(theme, null, names.indexOf(name)), borderWidth: 0 },
        })),
        links: model.links.map(({ from, to, value }) => ({ source: String(from), target: String(to), value })),
      },
    ],
  }
}

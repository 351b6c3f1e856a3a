import type { ChartDescription, ChartKey } from '@recomamp/contracts'
import type { EChartsCoreOption } from 'echarts/core'
import { charts as t } from '#messages/charts.ts'
import { type AxisModel, axisModel } from './chart-model.ts'
import { type ChartTheme, hatch } from './chart-theme.ts'
import { colorOf, common, decals, type Drawing, keyTexts, measureFormat, measureName, tooltip } from './drawing.ts'
import { roleOf } from './column-roles.ts'

type AxisChart = Extract<ChartDescription, { kind: 'line' | 'bar' | 'stacked-bar' | 'histogram' }>

interface TooltipItem {
  dataIndex: number
  seriesId?: string
}

/** Lines and bars along one axis. */
export function axisOption(drawing: Drawing<AxisChart>): EChartsCoreOption {
  const { chart, data, theme, width } = drawing
  const model = axisModel(data)
  const textOf = keyTexts(drawing, 0)
  const seriesTextOf = keyTexts(drawing, 1)
  const isLine = chart.kind === 'line'
  const isStacked = chart.kind === 'stacked-bar'
  const behind = chart.kind === 'line' && chart.behind !== undefined ? model.series.length - 1 : -1
  const lies = !isLine && chart.kind !== 'histogram' && isNamed(drawing)
  const names = model.series.map(({ key, measure }) => (key === null ? measureName(data, measure) : seriesTextOf(key)))
  const shown = model.series.filter((_, at) => at !== behind)
  const format = measureFormat(data, 0)
  const isSingle = lies && shown.length === 1
  const longest = Math.max(...(model.series[0]?.values ?? []).map((value) => format.exact(value ?? 0).length), 0)
  const labelsAtEnd = isLine && shown.length > 1 && shown.length <= 4 && width >= 420
  const legend = shown.length > 1 && !labelsAtEnd
  const unsettled = model.at.map((key) => isUnsettled(drawing, key))
  const categories = {
    type: 'category',
    data: model.at.map(textOf),
    inverse: lies,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: theme.line } },
    axisLabel: {
      color: theme.text2,
      fontSize: 11,
      hideOverlap: true,
      ...(lies ? { width: Math.min(width >= 900 ? 260 : 180, width * 0.32), overflow: 'truncate' } : { margin: 8 }),
    },
    ...(lies
      ? {}
      : { name: axisName(drawing), nameLocation: 'middle', nameGap: 26, nameTextStyle: { color: theme.text3 } }),
  }
  const values = valueAxis(theme, format.short, lies ? '' : names.length === 1 || behind === 1 ? (names[0] ?? '') : '')
  const second =
    behind === -1
      ? []
      : [
          {
            ...valueAxis(theme, measureFormat(data, behind).short, names[behind] ?? ''),
            splitLine: { show: false },
            position: 'right',
          },
        ]
  // Days that still settle stand behind all, as high as the chart.
  const hidden = { type: 'value', min: 0, max: 1, show: false }
  const axes = [values, ...second, ...(unsettled.some(Boolean) ? [hidden] : [])]
  return {
    ...common(drawing),
    aria: {
      enabled: true,
      label: { enabled: false },
      decal: { show: !isLine && shown.length > 1, ...decals(drawing, shown.length) },
    },
    grid: {
      left: 8,
      // What stands behind the longest bar has room of its own.
      right: labelsAtEnd ? 120 : isSingle ? 20 + longest * 6.5 : 16,
      top: (legend ? 34 : 12) + (lies ? 0 : 18),
      bottom: lies ? 4 : 22,
      containLabel: true,
    },
    legend: legend
      ? {
          type: 'scroll',
          top: 0,
          left: 0,
          icon: 'roundRect',
          itemWidth: 12,
          itemHeight: 10,
          textStyle: { color: theme.text2, fontSize: 11 },
          pageTextStyle: { color: theme.text2 },
          data: shown.map((each) => names[model.series.indexOf(each)] ?? ''),
        }
      : { show: false },
    tooltip: tooltip(drawing, {
      trigger: 'axis',
      axisPointer: { type: isLine ? 'line' : 'shadow' },
      formatter: (items: TooltipItem | TooltipItem[]) =>
        tooltipText(drawing, model, names, Array.isArray(items) ? (items[0]?.dataIndex ?? 0) : items.dataIndex),
    }),
    ...(lies
      ? { xAxis: axes.slice(0, 1), yAxis: categories }
      : {
          // Apart from the other bars, which would share their room with it.
          xAxis: [categories, { type: 'category', data: categories.data, show: false }],
          yAxis: axes,
        }),
    series: [
      ...(unsettled.some(Boolean) && !lies
        ? [
            {
              id: 'unsettled',
              name: t.unsettled,
              type: 'bar',
              xAxisIndex: 1,
              yAxisIndex: axes.length - 1,
              barWidth: '100%',
              silent: true,
              z: 0,
              barCategoryGap: '0%',
              data: unsettled.map((is) => (is ? 1 : null)),
              itemStyle: { ...hatch(theme.warnTint, theme.warn), opacity: 0.75 },
            },
          ]
        : []),
      ...model.series.flatMap((each, at): object[] => {
        const name = names[at] ?? ''
        const color = colorOf(theme, each.key, at)
        if (at === behind)
          return [
            {
              id: `s${at}`,
              name,
              type: 'bar',
              yAxisIndex: 1,
              z: 1,
              barCategoryGap: '35%',
              data: each.values,
              itemStyle: { color: theme.bars, opacity: 0.65 },
            },
          ]
        if (isLine)
          return [lineSeries(each.values, { id: `s${at}`, name, color, labelsAtEnd, isDense: model.at.length > 60 })]
        const stack = isStacked ? 'all' : `stack ${at}`
        const bar = {
          type: 'bar',
          stack,
          barMaxWidth: lies ? 18 : 48,
          barCategoryGap: chart.kind === 'histogram' ? '4%' : '30%',
        }
        const parts = each.values.map((value, place) => (value === null ? null : value - (each.filtered[place] ?? 0)))
        return [
          {
            ...bar,
            id: `s${at}`,
            name,
            data: parts.map((value, place) =>
              isOther(model.at[place]) && shown.length === 1 ? { value, itemStyle: { color: theme.other } } : value,
            ),
            itemStyle: each.key?.is === 'filtered' ? hatch(theme.guardTint, theme.guard) : { color },
            ...(isSingle && !each.filtered.some((part) => part > 0)
              ? endLabel(theme, (place) => format.exact(each.values[place] ?? 0))
              : {}),
          },
          ...(each.filtered.some((part) => part > 0)
            ? [
                {
                  ...bar,
                  id: `f${at}`,
                  name: t.filteredKey,
                  data: each.filtered.map((part) => part || null),
                  itemStyle: { ...hatch(theme.guardTint, theme.guard), borderColor: theme.guard, borderWidth: 0.5 },
                  ...(isSingle ? endLabel(theme, (place) => format.exact(each.values[place] ?? 0)) : {}),
                },
              ]
            : []),
        ]
      }),
    ],
  }
}

function lineSeries(
  values: (number | null)[],
  look: { id: string; name: string; color: string; labelsAtEnd: boolean; isDense: boolean },
) {
  return {
    id: look.id,
    name: look.name,
    type: 'line',
    z: 3,
    data: values,
    symbol: 'circle',
    symbolSize: 5,
    showSymbol: !look.isDense,
    lineStyle: { width: 2, color: look.color },
    itemStyle: { color: look.color },
    ...(look.labelsAtEnd && {
      endLabel: { show: true, formatter: look.name, color: look.color, fontSize: 11, width: 104, overflow: 'truncate' },
      labelLayout: { moveOverlap: 'shiftY' },
    }),
  }
}

function endLabel(theme: ChartTheme, textAt: (place: number) => string) {
  return {
    label: {
      show: true,
      position: 'right',
      color: theme.text,
      fontSize: 11,
      formatter: ({ dataIndex }: TooltipItem) => textAt(dataIndex),
    },
    labelLayout: { hideOverlap: true },
  }
}

function valueAxis(theme: ChartTheme, formatter: (value: number) => string, name: string) {
  return {
    type: 'value',
    name,
    nameLocation: 'end',
    nameGap: 8,
    nameTextStyle: { color: theme.text3, fontSize: 11, align: 'left', fontFamily: theme.codeFont },
    axisLabel: { color: theme.text2, fontSize: 11, formatter },
    splitLine: { lineStyle: { color: theme.lineSubtle } },
  }
}

/** Bars whose names are texts lie, so that the names can be read. */
function isNamed({ data }: Drawing): boolean {
  const [column] = data.keys
  return column !== undefined && ['category', 'identifier', 'path'].includes(roleOf(column))
}

function axisName({ data }: Drawing): string {
  return data.keys[0]?.name ?? ''
}

export function isUnsettled({ data, dayState }: Pick<Drawing, 'data' | 'dayState'>, key: ChartKey): boolean {
  const [column] = data.keys
  if (key.is !== 'value' || column === undefined || roleOf(column) !== 'time') return false
  return dayState(key.text.slice(0, 10)) !== 'settled'
}

function tooltipText(drawing: Drawing<AxisChart>, model: AxisModel, names: readonly string[], place: number): string {
  const { data, chart } = drawing
  const key = model.at[place]
  if (key === undefined) return ''
  const textOf = keyTexts(drawing, 0)
  const from = key.is === 'value' ? Number(key.text) : NaN
  const head =
    chart.kind === 'histogram' && data.step !== null
      ? `${textOf(key)} – ${textOf({ is: 'value', text: String(from + data.step) })}`
      : textOf(key)
  const lines = model.series.flatMap(({ measure, values, filtered }, at) => {
    const value = values[place] ?? null
    if (value === null) return []
    const { exact } = measureFormat(data, measure)
    const part = filtered[place] ?? 0
    return [`${names[at] ?? ''}  ${exact(value)}${part > 0 ? ` (${exact(part)} ${t.filteredKey})` : ''}`]
  })
  return [isUnsettled(drawing, key) ? `${head}, ${t.unsettled}` : head, ...lines].join('\n')
}

function isOther(key: ChartKey | undefined): boolean {
  return key?.is === 'other' || key?.is === 'null'
}

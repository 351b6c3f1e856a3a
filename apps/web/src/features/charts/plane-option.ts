import type { ChartDescription } from '@recomamp/contracts'
import type { EChartsCoreOption } from 'echarts/core'
import { axisModel, idOf } from './chart-model.ts'
import { numberOf } from './chart-values.ts'
import { colorOf, common, type Drawing, keyTexts, measureFormat, measureName, tooltip } from './drawing.ts'

interface Item {
  value: number[]
  dataIndex: number
  seriesIndex: number
}

/** Two keys as a grid whose cells are as dark as their value is large. */
export function heatmapOption(drawing: Drawing): EChartsCoreOption {
  const { data, theme, width } = drawing
  const model = axisModel(data)
  const [acrossText, upText] = [keyTexts(drawing, 0), keyTexts(drawing, 1)]
  const format = measureFormat(data, 0)
  const rows = model.series.map(({ key }) => (key === null ? '' : upText(key)))
  const cells = model.series.flatMap(({ values }, y) =>
    values.flatMap((value, x) => (value === null ? [] : [[x, y, value]])),
  )
  const found = cells.map(([, , value = 0]) => value)
  const [min, max] = [Math.min(0, ...found), Math.max(...found, 1e-9)]
  const left = Math.min(170, width * 0.3)
  const isRoomy = (width - left) / Math.max(1, model.at.length) > 52 && rows.length <= 20
  const step = (max - min) / theme.sequential.length
  const axis = { type: 'category', axisTick: { show: false }, axisLine: { show: false }, splitArea: { show: false } }
  const labels = { color: theme.text2, fontSize: 11 }
  return {
    ...common(drawing),
    tooltip: tooltip(drawing, {
      trigger: 'item',
      formatter: ({ value: [x = 0, y = 0, value = 0] }: Item) => {
        const key = model.at[x]
        return `${key === undefined ? '' : acrossText(key)}, ${rows[y] ?? ''}\n${measureName(data, 0)}  ${format.exact(value)}`
      },
    }),
    grid: { left: left + 8, right: 12, top: 8, bottom: 62 },
    xAxis: {
      ...axis,
      data: model.at.map(acrossText),
      axisLabel: { ...labels, hideOverlap: true },
      name: data.keys[0]?.name,
      nameLocation: 'middle',
      nameGap: 24,
      nameTextStyle: { color: theme.text3 },
    },
    yAxis: { ...axis, inverse: true, data: rows, axisLabel: { ...labels, width: left - 8, overflow: 'truncate' } },
    visualMap: {
      type: 'piecewise',
      orient: 'horizontal',
      left: 8,
      bottom: 0,
      itemWidth: 14,
      itemHeight: 10,
      itemGap: 6,
      textStyle: { color: theme.text2, fontSize: 11 },
      showLabel: width > 560,
      hoverLink: false,
      selectedMode: false,
      pieces: theme.sequential.map((color, at) => ({
        min: min + step * at,
        max: at === theme.sequential.length - 1 ? max : min + step * (at + 1),
        label: `≥ ${format.short(min + step * at)}`,
        color,
      })),
    },
    series: [
      {
        type: 'heatmap',
        data: cells,
        itemStyle: { borderColor: theme.surface, borderWidth: 1 },
        label: {
          show: isRoomy,
          fontSize: 10,
          formatter: ({ value: [, , value = 0] }: Item) => format.short(value),
          color: theme.text,
          backgroundColor: theme.surface,
          padding: [1, 3],
          borderRadius: 2,
        },
        emphasis: { itemStyle: { borderColor: theme.text } },
      },
    ],
  }
}

/** One point a row, along two columns of numbers. */
export function scatterOption(drawing: Drawing<Extract<ChartDescription, { kind: 'scatter' }>>): EChartsCoreOption {
  const { data, chart, theme } = drawing
  const seriesAt = chart.series === undefined ? -1 : data.keys.length - 1
  const labelAt = chart.label === undefined ? -1 : 0
  const [labelText, seriesText] = [keyTexts(drawing, labelAt), keyTexts(drawing, seriesAt)]
  const [x, y, size] = [measureFormat(data, 0), measureFormat(data, 1), measureFormat(data, 2)]
  const largest = Math.max(1e-9, ...data.points.map(({ values }) => numberOf(values[2]) ?? 0))
  const groups = Map.groupBy(data.points, ({ keys }) => {
    const key = keys[seriesAt]
    return key === undefined ? '' : idOf(key)
  })
  const axis = (format: typeof x, name: string, isAcross: boolean) => ({
    type: 'value',
    scale: true,
    name,
    ...(isAcross ? { nameLocation: 'middle', nameGap: 26 } : { nameGap: 8 }),
    nameTextStyle: {
      color: theme.text3,
      fontSize: 11,
      fontFamily: theme.codeFont,
      ...(isAcross ? {} : { align: 'left' }),
    },
    axisLabel: { color: theme.text2, fontSize: 11, formatter: format.short, hideOverlap: true },
    axisLine: { show: true, lineStyle: { color: theme.line } },
    splitLine: { lineStyle: { color: theme.lineSubtle } },
  })
  const series = [...groups.values()]
  const symbols = ['circle', 'rect', 'triangle', 'diamond', 'pin', 'arrow']
  return {
    ...common(drawing),
    legend:
      groups.size > 1
        ? {
            type: 'scroll',
            top: 0,
            left: 0,
            textStyle: { color: theme.text2, fontSize: 11 },
            itemWidth: 10,
            itemHeight: 10,
          }
        : { show: false },
    grid: { left: 8, right: 16, top: groups.size > 1 ? 50 : 28, bottom: 24, containLabel: true },
    tooltip: tooltip(drawing, {
      trigger: 'item',
      formatter: ({ seriesIndex, dataIndex }: Item) => {
        const point = series[seriesIndex]?.[dataIndex]
        if (point === undefined) return ''
        const label = point.keys[labelAt]
        const value = (at: number, format: typeof x) =>
          `${data.measures[at]?.column?.name ?? ''}  ${format.exact(numberOf(point.values[at]) ?? 0)}`
        return [
          ...(label === undefined ? [] : [labelText(label)]),
          value(0, x),
          value(1, y),
          ...(chart.size === undefined ? [] : [value(2, size)]),
        ].join('\n')
      },
    }),
    xAxis: axis(x, measureName(data, 0), true),
    yAxis: axis(y, measureName(data, 1), false),
    series: series.map((points, at) => {
      const key = points[0]?.keys[seriesAt] ?? null
      return {
        type: 'scatter',
        name: key === null ? measureName(data, 1) : seriesText(key),
        symbol: symbols[at % symbols.length],
        itemStyle: { color: colorOf(theme, key, at), opacity: points.length > 400 ? 0.45 : 0.75 },
        symbolSize: (value: number[]) =>
          chart.size === undefined ? 7 : 5 + 26 * Math.sqrt(Math.max(0, value[2] ?? 0) / largest),
        data: points.map(({ values }) => values.map((cell) => numberOf(cell) ?? 0)),
      }
    }),
  }
}

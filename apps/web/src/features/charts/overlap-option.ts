import type { EChartsCoreOption } from 'echarts/core'
import { charts as t } from '#messages/charts.ts'
import { type OverlapModel, overlapModel } from './chart-model.ts'
import type { ValueFormat } from './chart-values.ts'
import { common, type Drawing, measureFormat, tooltip } from './drawing.ts'
import { vennCircles } from './venn.ts'

interface Item {
  dataIndex: number
}

/** Two or three sets as circles, more as bars over the sets that each part is in. */
export function overlapOption(drawing: Drawing): EChartsCoreOption {
  const model = overlapModel(drawing.data)
  const format = measureFormat(drawing.data, 0)
  return model.sets.length > 1 && model.sets.length < 4 ? venn(drawing, model, format) : upset(drawing, model, format)
}

/** What a part is called: the sets that it is in, and in no other. */
export function partName(model: OverlapModel, inside: readonly number[]): string {
  const names = inside.map((at) => model.sets[at]?.name ?? '')
  return inside.length === 1 && model.sets.length > 1 ? `${names[0]} ${t.only}` : names.join(t.together)
}

function venn(drawing: Drawing, model: OverlapModel, format: ValueFormat): EChartsCoreOption {
  const { theme, width, height } = drawing
  const { circles, places } = vennCircles(model, width, height)
  const axis = (max: number, inverse: boolean) => ({ type: 'value', min: 0, max, show: false, inverse })
  const parts = model.parts.map((part) => ({ ...part, place: places.get(part.in.join()) ?? { x: 0, y: 0 } }))
  return {
    ...common(drawing),
    grid: { left: 0, right: 0, top: 0, bottom: 0 },
    xAxis: axis(width, false),
    yAxis: axis(height, true),
    tooltip: tooltip(drawing, { trigger: 'item' }),
    series: [
      {
        type: 'scatter',
        silent: true,
        data: circles.map(({ x, y, r }, at) => ({
          value: [x, y],
          symbolSize: r * 2,
          itemStyle: { color: theme.series[at], opacity: 0.3, borderColor: theme.series[at], borderWidth: 2 },
        })),
      },
      {
        type: 'scatter',
        silent: true,
        symbolSize: 0,
        data: circles.map(({ label }, at) => ({
          value: [label.x, label.y],
          label: {
            show: true,
            position: 'inside',
            formatter: `{n|${model.sets[at]?.name ?? ''}}\n{v|${format.exact(model.sets[at]?.total ?? 0)}}`,
            rich: {
              n: { color: theme.text, fontSize: 12, fontWeight: 600, lineHeight: 16 },
              v: { color: theme.text2, fontSize: 11, lineHeight: 16 },
            },
          },
        })),
      },
      {
        type: 'scatter',
        symbolSize: 34,
        itemStyle: { color: 'transparent' },
        tooltip: {
          formatter: ({ dataIndex }: Item) =>
            `${partName(model, parts[dataIndex]?.in ?? [])}\n${format.exact(parts[dataIndex]?.value ?? 0)}`,
        },
        data: parts.map(({ place, value }) => ({
          value: [place.x, place.y],
          label: {
            show: true,
            position: 'inside',
            formatter: width < 480 ? format.short(value) : format.exact(value),
            color: theme.text,
            fontSize: 12,
          },
        })),
      },
    ],
  }
}

function upset(drawing: Drawing, model: OverlapModel, format: ValueFormat): EChartsCoreOption {
  const { theme, width, height } = drawing
  const rows = Math.min(height * 0.5, model.sets.length * 24)
  const left = Math.min(200, width * 0.36)
  const names = model.sets.map(({ name, total }) => `${name}  ${format.short(total)}`)
  const places = model.parts.map((_, at) => String(at))
  return {
    ...common(drawing),
    tooltip: tooltip(drawing, {
      trigger: 'item',
      formatter: ({ dataIndex }: Item) =>
        `${partName(model, model.parts[dataIndex]?.in ?? [])}\n${format.exact(model.parts[dataIndex]?.value ?? 0)}`,
    }),
    grid: [
      { left, right: 12, top: 20, bottom: rows + 12 },
      { left, right: 12, height: rows, bottom: 4 },
    ],
    xAxis: [0, 1].map((gridIndex) => ({
      type: 'category',
      gridIndex,
      data: places,
      axisLabel: { show: false },
      axisTick: { show: false },
      axisLine: { show: gridIndex === 0, lineStyle: { color: theme.line } },
    })),
    yAxis: [
      {
        type: 'value',
        gridIndex: 0,
        axisLabel: { color: theme.text2, formatter: format.short },
        splitLine: { lineStyle: { color: theme.lineSubtle } },
      },
      {
        type: 'category',
        gridIndex: 1,
        inverse: true,
        data: names,
        axisLine: { show: false },
        axisTick: { show: false },
        splitLine: { show: false },
        axisLabel: { color: theme.text, fontSize: 11, width: left - 16, overflow: 'truncate' },
      },
    ],
    series: [
      {
        type: 'bar',
        barMaxWidth: 36,
        data: model.parts.map(({ value }) => value),
        itemStyle: { color: theme.series[0] },
        label: {
          show: width / Math.max(1, places.length) > 44,
          position: 'top',
          color: theme.text,
          fontSize: 11,
          formatter: ({ dataIndex }: Item) => format.short(model.parts[dataIndex]?.value ?? 0),
        },
      },
      {
        type: 'scatter',
        xAxisIndex: 1,
        yAxisIndex: 1,
        silent: true,
        symbolSize: 10,
        itemStyle: { color: theme.lineSubtle },
        data: places.flatMap((_, x) => model.sets.map((__, y) => [x, y])),
      },
      {
        type: 'scatter',
        xAxisIndex: 1,
        yAxisIndex: 1,
        silent: true,
        symbolSize: 10,
        itemStyle: { color: theme.series[0] },
        data: model.parts.flatMap((part, x) => part.in.map((y) => [x, y])),
      },
      ...model.parts.flatMap((part, x) =>
        part.in.length < 2
          ? []
          : [
              {
                type: 'line',
                xAxisIndex: 1,
                yAxisIndex: 1,
                silent: true,
                showSymbol: false,
                lineStyle: { color: theme.series[0], width: 2 },
                data: [
                  [x, Math.min(...part.in)],
                  [x, Math.max(...part.in)],
                ],
              },
            ],
      ),
    ],
  }
}

import type { ChartData, ChartDescription } from '@recomamp/contracts'
import { BarChart, FunnelChart, HeatmapChart, LineChart, SankeyChart, ScatterChart } from 'echarts/charts'
import {
  AriaComponent,
  GridComponent,
  LegendScrollComponent,
  TooltipComponent,
  VisualMapPiecewiseComponent,
} from 'echarts/components'
import { type EChartsType, init, use as register } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers'
import { type RefObject, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { useTheme } from '#platform/theme.tsx'
import { chartOption } from './chart-option.ts'
import { type ChartTheme, readTheme } from './chart-theme.ts'
import type { DayState } from './drawing.ts'

register([
  BarChart,
  FunnelChart,
  HeatmapChart,
  LineChart,
  SankeyChart,
  ScatterChart,
  AriaComponent,
  GridComponent,
  LegendScrollComponent,
  TooltipComponent,
  VisualMapPiecewiseComponent,
  LabelLayout,
  CanvasRenderer,
  SVGRenderer,
])

/** The picture of a chart as a file. */
export interface ChartPicture {
  png(): Promise<Blob | null>
  svg(): Blob
}

interface ChartCanvasProps {
  chart: ChartDescription
  data: ChartData
  dayState: DayState
  /** What the chart says, for those who do not see it. */
  sentence: string
  picture: RefObject<ChartPicture | null>
}

/** Draws a chart in the size and theme of its place. */
export function ChartCanvas({ chart, data, dayState, sentence, picture }: ChartCanvasProps) {
  const place = useRef<HTMLDivElement>(null)
  const drawn = useRef<EChartsType>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  const [theme, setTheme] = useState<ChartTheme | null>(null)
  const scheme = useScheme()

  useEffect(() => {
    const element = place.current
    if (element === null) return
    const observer = new ResizeObserver(([entry]) => {
      const { width = 0, height = 0 } = entry?.contentRect ?? {}
      setSize({ width: Math.round(width), height: Math.round(height) })
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
      drawn.current?.dispose()
      drawn.current = null
    }
  }, [])

  useEffect(() => {
    if (place.current !== null && scheme !== '') setTheme(readTheme(place.current))
  }, [scheme])

  useEffect(() => {
    if (place.current === null || theme === null || size.width === 0 || size.height === 0) return
    drawn.current ??= init(place.current, null, { renderer: 'canvas', ...size })
    drawn.current.resize(size)
    drawn.current.setOption(chartOption({ chart, data, dayState, theme, ...size }), { notMerge: true })
  }, [chart, data, dayState, theme, size])

  useImperativeHandle(picture, () => ({
    png: () =>
      new Promise((resolve) => {
        const canvas = drawn.current?.renderToCanvas({ pixelRatio: 2, backgroundColor: theme?.surface ?? '#fff' })
        if (canvas === undefined) resolve(null)
        else canvas.toBlob(resolve, 'image/png')
      }),
    svg() {
      const whole = init(null, null, { renderer: 'svg', ssr: true, ...size })
      if (theme !== null)
        whole.setOption({
          backgroundColor: theme.surface,
          ...chartOption({ chart, data, dayState, theme: inAttributes(theme), ...size }),
        })
      const text = whole.renderToSVGString()
      whole.dispose()
      return new Blob([text], { type: 'image/svg+xml' })
    },
  }))

  return <div ref={place} role="img" aria-label={sentence} className="min-h-0 flex-1 overflow-hidden" />
}

/** The names of the fonts stand in attributes there, which the quotes around them would end. */
function inAttributes(theme: ChartTheme): ChartTheme {
  return { ...theme, font: theme.font.replaceAll('"', "'"), codeFont: theme.codeFont.replaceAll('"', "'") }
}

/** Changes whenever the colours do: by the choice of the person or of the system. */
function useScheme(): string {
  const { theme } = useTheme()
  const [isDark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches)
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)')
    const onChange = () => setDark(query.matches)
    query.addEventListener('change', onChange)
    return () => query.removeEventListener('change', onChange)
  }, [])
  return `${theme} ${isDark}`
}

import type { EChartsCoreOption } from 'echarts/core'
import { axisOption } from './axis-option.ts'
import type { Drawing } from './drawing.ts'
import { funnelOption, sankeyOption } from './flow-option.ts'
import { overlapOption } from './overlap-option.ts'
import { heatmapOption, scatterOption } from './plane-option.ts'

/** What ECharts draws for a chart. */
export function chartOption(drawing: Drawing): EChartsCoreOption {
  const { chart } = drawing
  switch (chart.kind) {
    case 'line':
    case 'bar':
    case 'stacked-bar':
    case 'histogram':
      return axisOption({ ...drawing, chart })
    case 'funnel':
      return funnelOption(drawing)
    case 'sankey':
      return sankeyOption({ ...drawing, chart })
    case 'overlap':
      return overlapOption(drawing)
    case 'heatmap':
      return heatmapOption(drawing)
    case 'scatter':
      return scatterOption({ ...drawing, chart })
  }
}

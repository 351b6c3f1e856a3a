import type { ChartKind } from '@recomamp/contracts'

const kinds: Record<ChartKind, string> = {
  line: 'Line',
  bar: 'Bars',
  'stacked-bar': 'Stacked bars',
  funnel: 'Funnel',
  sankey: 'Flow',
  overlap: 'Overlap',
  heatmap: 'Heatmap',
  scatter: 'Scatter',
  histogram: 'Histogram',
}

const aggregates = { sum: 'Sum', mean: 'Mean', median: 'Median', min: 'Smallest', max: 'Largest' } as const

export const charts = {
  title: 'Chart',
  view: 'View of the result',
  views: { grid: 'Grid', split: 'Split', chart: 'Chart' },
  kinds,
  aggregates,
  kind: 'Kind',
  settings: 'Set up',
  settingsTitle: 'What the chart shows',
  asTable: 'As table',
  asChart: 'As chart',
  save: 'Save as',
  png: 'PNG',
  svg: 'SVG',
  suggested: 'Use what the columns suggest',
  none: 'None',
  rows: 'rows',
  auto: 'As the column is',
  parts: {
    x: 'Along the axis',
    y: 'Up the axis',
    values: 'Values',
    series: 'One for each',
    behind: 'People behind it',
    stages: 'Stages',
    steps: 'Steps',
    sets: 'Sets',
    value: 'Value',
    size: 'Size',
    label: 'Name of a point',
    aggregate: 'Put together by',
  },
  nullKey: 'null',
  filteredKey: 'filtered',
  otherKey: (count: number) => (count > 0 ? `${count} others` : 'others'),
  other: 'other',
  unsettled: 'still settles',
  loading: 'Chart',
  empty: 'There are no numbers here that could be drawn.',
  noPoints: 'No row of the result has what this chart needs.',
  doesNotFit: 'This result lacks columns that the chart of the query names, so it is drawn as its columns suggest.',
  notKept: 'The choice could not be kept with the query.',
  measure: (aggregate: keyof typeof aggregates | null, column: string | null) =>
    column === null
      ? 'rows'
      : aggregate === null || aggregate === 'sum'
        ? column
        : `${aggregates[aggregate].toLowerCase()} of ${column}`,
  heading: (measures: string, by: string) => (by === '' ? measures : `${measures} by ${by}`),
  and: ' and ',
  sentence: (kind: ChartKind, heading: string, points: string) => `${kinds[kind]}: ${heading}, ${points}.`,
  extremes: (most: string, mostOf: string, least: string, leastOf: string) =>
    `The largest value is ${most}${mostOf === '' ? '' : ` at ${mostOf}`}, the smallest ${least}${leastOf === '' ? '' : ` at ${leastOf}`}.`,
  notes: {
    folded: (shown: number, all: number, column: string) =>
      `${shown} of ${all} values of ${column}, the others are one`,
    drawn: (some: string, all: string) => `${some} of ${all} rows`,
    evenly: (some: string, all: string) => `${some} of ${all} rows, chosen evenly`,
    grain: { hour: 'by hour', day: 'by day', week: 'by week', month: 'by month' },
    step: (width: string) => `in steps of ${width}`,
    people: 'people in several rows are counted in each of them',
    filtered: (share: string) => `${share} comes from rows in which Amazon filtered a value`,
    unsettled: (days: string) => `${days} still settle`,
  },
  ofFirst: (share: string) => `${share} of the first`,
  only: 'only',
  together: ' & ',
}

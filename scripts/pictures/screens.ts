import type { Page } from 'playwright-core'
import type { FilledWorld, Who } from './filled-world.ts'

/** A screen, or a state of one. */
export interface Screen {
  readonly name: string
  readonly path: (world: FilledWorld) => string
  /** Who looks; nobody is signed in without. */
  readonly who?: Who
  /** What stands there once it is worth a picture. */
  readonly ready: (page: Page) => Promise<void>
  /** What is opened or chosen first, at these widths only. */
  readonly act?: (page: Page) => Promise<void>
  readonly widths?: readonly number[]
}

const text = (words: string | RegExp) => (page: Page) => page.getByText(words).first().waitFor()
const heading = (name: string | RegExp) => (page: Page) => page.getByRole('heading', { name }).first().waitFor()
const cells = (page: Page) => page.getByRole('gridcell').filter({ hasText: /\S/ }).first().waitFor()
const chart = (page: Page) =>
  page.getByRole('region', { name: 'Chart', exact: true }).getByRole('img').first().waitFor()
/** On a phone the values come first. */
const code = (page: Page) =>
  page
    .getByRole('textbox', { name: 'Query in AMC SQL' })
    .or(page.getByRole('tab', { name: 'SQL' }))
    .first()
    .waitFor()
const opens =
  (name: string | RegExp, role: 'dialog' | 'listbox' | 'menu' = 'dialog') =>
  async (page: Page) => {
    await page.getByRole('button', { name }).first().click()
    await page.getByRole(role).first().waitFor()
  }
const finds = (words: string) => async (page: Page) => {
  await page.keyboard.press('Control+k')
  const field = page.getByRole('combobox', { name: 'Find anything' })
  await field.waitFor()
  await field.fill(words)
  await page.getByRole('option').first().waitFor()
}
const owner = 'owner' as const
const wide = [1440]
const run = (world: FilledWorld, template: string) => `/executions/${world.of(template).run.id}`
const query = (world: FilledWorld, template: string) => `/workbench/${world.of(template).query.id}`
const nested = encodeURIComponent(
  JSON.stringify({
    all: [{ property: 'retired', value: false }, { any: [{ property: 'tag', is: 'none-of', values: ['paid'] }] }],
  }),
)

const charts = [
  ['bar', 'ad-product-breakdown'],
  ['line', 'weekly-reach'],
  ['stacked', 'exclusive-reach'],
  ['funnel', 'product-funnel'],
  ['sankey', 'path-to-conversion'],
  ['venn', 'overlap-three-ways'],
  ['upset', 'media-mix'],
  ['heatmap', 'day-parts'],
  ['scatter', 'segment-performance'],
  ['histogram', 'time-to-conversion'],
  ['costs', 'campaign-costs'],
] as const

export const screens: readonly Screen[] = [
  { name: 'sign-in', path: () => '/sign-in', ready: text('Open the local sandbox') },
  { name: 'sign-in-expired', path: () => '/sign-in?reason=expired', ready: text('Open the local sandbox') },
  { name: 'join', path: (world) => world.invitation.slice(world.url.length), ready: heading(/./) },
  { name: 'join-unknown', path: () => '/join#rci_none', ready: heading(/./) },

  { name: 'home', who: owner, path: () => '/', ready: heading('Your recent queries') },
  { name: 'home-new', who: 'newcomer', path: () => '/', ready: heading(/./) },
  { name: 'account-menu', who: owner, path: () => '/', ready: heading(/./), act: opens(/^Account of/) },
  { name: 'shortcuts', who: owner, path: () => '/', ready: heading(/./), act: (page) => page.keyboard.press('?') },
  { name: 'not-found', who: owner, path: () => '/nowhere', ready: text('There is nothing at this address') },

  { name: 'palette', who: owner, path: () => '/executions', ready: cellsOrRows, act: finds('new to brand') },
  { name: 'palette-empty', who: owner, path: () => '/executions', ready: cellsOrRows, act: finds('') },
  { name: 'palette-nothing', who: owner, path: () => '/executions', ready: cellsOrRows, act: typesNonsense },

  { name: 'workbench', who: owner, path: (world) => query(world, 'campaign-costs'), ready: code },
  {
    name: 'workbench-result',
    who: owner,
    path: (world) => `${query(world, 'optimal-frequency')}?run=${world.of('optimal-frequency').run.id}&view=split`,
    ready: code,
    act: chart,
  },
  { name: 'workbench-new', who: owner, path: () => '/workbench/new', ready: heading('Start from a question') },
  {
    name: 'workbench-privacy',
    who: owner,
    path: (world) => `/workbench/${world.byPostalCode.id}`,
    ready: code,
    act: previewsPrivacy,
  },
  {
    name: 'workbench-history',
    who: owner,
    path: (world) => `${query(world, 'weekly-reach')}?side=history`,
    ready: text(/Version|v1/),
  },
  {
    name: 'workbench-request',
    who: owner,
    path: (world) => query(world, 'campaign-costs'),
    ready: code,
    act: opens('See the request'),
    widths: [1440, 768],
  },
  {
    name: 'workbench-run-menu',
    who: owner,
    path: (world) => query(world, 'campaign-costs'),
    ready: code,
    act: opens('Ways to run', 'menu'),
    widths: [1440, 768],
  },
  { name: 'workbench-viewer', who: 'viewer', path: (world) => query(world, 'campaign-costs'), ready: heading(/./) },
  {
    name: 'workbench-new-viewer',
    who: 'viewer',
    path: () => '/workbench/new',
    ready: text('A new query needs an analyst.'),
  },

  { name: 'queries', who: owner, path: () => '/queries', ready: cellsOrRows },
  { name: 'queries-trash', who: owner, path: () => '/queries?state=trash', ready: cellsOrRows },
  { name: 'queries-none', who: 'newcomer', path: () => '/queries', ready: heading(/./) },
  { name: 'queries-nothing', who: owner, path: () => '/queries?q=zebra', ready: heading(/./) },

  { name: 'executions', who: owner, path: () => '/executions', ready: cellsOrRows },
  { name: 'executions-none', who: 'newcomer', path: () => '/executions', ready: heading(/./) },
  { name: 'execution', who: owner, path: (world) => run(world, 'campaign-costs'), ready: cells },
  { name: 'execution-grid', who: owner, path: (world) => `${run(world, 'campaign-costs')}?view=grid`, ready: cells },
  ...charts.map(([kind, template]): Screen => ({
    name: `chart-${kind}`,
    who: owner,
    path: (world) => `${run(world, template)}?view=chart`,
    ready: chart,
  })),
  {
    name: 'chart-set-up',
    who: owner,
    path: (world) => `${run(world, 'campaign-costs')}?view=chart`,
    ready: chart,
    act: opens('Set up'),
  },
  {
    name: 'execution-sql',
    who: owner,
    path: (world) => `${run(world, 'campaign-costs')}?tab=sql`,
    ready: text('SELECT'),
  },
  {
    name: 'execution-values',
    who: owner,
    path: (world) => `${run(world, 'campaign-costs')}?tab=values`,
    ready: heading(/./),
  },
  {
    name: 'execution-request',
    who: owner,
    path: (world) => `${run(world, 'campaign-costs')}?tab=request`,
    ready: heading(/./),
  },
  {
    name: 'execution-history',
    who: owner,
    path: (world) => `${run(world, 'campaign-costs')}?tab=history`,
    ready: heading(/./),
  },
  {
    name: 'execution-column-menu',
    who: owner,
    path: (world) => run(world, 'campaign-costs'),
    ready: cells,
    act: opensColumn,
    widths: [1440, 768],
  },
  {
    name: 'execution-download',
    who: owner,
    path: (world) => run(world, 'campaign-costs'),
    ready: cells,
    act: opens(/^Download all/),
  },
  {
    name: 'execution-compare-with',
    who: owner,
    path: (world) => run(world, 'campaign-costs'),
    ready: cells,
    act: opens('Compare with…'),
  },
  {
    name: 'execution-edit-values',
    who: owner,
    path: (world) => run(world, 'campaign-costs'),
    ready: cells,
    act: opens('Edit values…'),
  },
  {
    name: 'execution-compare',
    who: owner,
    path: (world) => `${run(world, 'campaign-costs')}?with=${world.earlierRun.id}`,
    ready: text(/unique in both/),
  },
  {
    name: 'execution-failed',
    who: owner,
    path: (world) => `/executions/${world.refusedRun.id}`,
    ready: text('AMC refused the query'),
  },
  {
    name: 'error',
    who: owner,
    path: (world) => `/executions/${world.refusedRun.id}/error`,
    ready: heading('A table is not there'),
  },
  {
    name: 'error-raw',
    who: owner,
    path: (world) => `/executions/${world.refusedRun.id}/error?view=raw`,
    ready: heading('A table is not there'),
  },
  {
    name: 'error-sql',
    who: owner,
    path: (world) => `/executions/${world.refusedRun.id}/error?view=sql`,
    ready: heading('A table is not there'),
  },

  { name: 'data-sources', who: owner, path: () => '/data-sources', ready: cellsOrRows },
  {
    name: 'data-sources-preview',
    who: owner,
    path: () => `/data-sources?filter=${nested}&open=dsp_views&sel=${encodeURIComponent('["dsp_views","dsp_clicks"]')}`,
    ready: text('Fields worth knowing'),
  },
  { name: 'data-sources-nothing', who: owner, path: () => '/data-sources?q=qqqqqq', ready: heading(/./) },
  { name: 'data-source', who: owner, path: () => '/data-sources/sponsored_ads_traffic', ready: text('Fields') },
  {
    name: 'data-source-field',
    who: owner,
    path: () => '/data-sources/sponsored_ads_traffic#field-spend',
    ready: text('Shown when'),
  },
  {
    name: 'data-source-examples',
    who: owner,
    path: () => '/data-sources/sponsored_ads_traffic#examples',
    ready: text('Fields'),
  },
  {
    name: 'data-source-unknown',
    who: owner,
    path: () => '/data-sources/dsp_impresions',
    ready: text('dsp_impressions'),
  },
  {
    name: 'compare',
    who: owner,
    path: () => '/data-sources/compare?s=dsp_impressions&s=dsp_clicks&s=dsp_views',
    ready: text('Ways to join'),
  },
  {
    name: 'compare-instances',
    who: owner,
    path: (world) => `/data-sources/compare-instances?a=${world.instance.id}&b=${world.otherInstance.id}`,
    ready: heading(/./),
  },
  { name: 'compare-instances-none', who: owner, path: () => '/data-sources/compare-instances', ready: heading(/./) },
  {
    name: 'changes',
    who: owner,
    path: (world) => `/data-sources/changes?i=${world.instance.id}`,
    ready: text(/First reading/),
  },

  { name: 'templates', who: owner, path: () => '/templates', ready: cellsOrRows },
  { name: 'templates-search', who: owner, path: () => '/templates?q=overlap', ready: cellsOrRows },
  { name: 'templates-nothing', who: owner, path: () => '/templates?q=zebra', ready: heading(/./) },
  { name: 'template', who: owner, path: () => '/templates/optimal-frequency', ready: heading(/./) },
  { name: 'template-audience', who: owner, path: () => '/templates/cart-abandoners', ready: heading(/./) },
  { name: 'template-own', who: owner, path: (world) => `/templates/${world.fork}`, ready: heading(/./) },

  { name: 'status', who: owner, path: () => '/status', ready: heading('Status') },
  { name: 'instances', who: owner, path: () => '/instances', ready: text('Tidewater Kitchen') },
  ...['overview', 'tables', 'queries', 'executions', 'settings'].map((name): Screen => ({
    name: `instance-${name}`,
    who: owner,
    path: (world) => `/instances/${world.instance.id}?tab=${name}`,
    ready: text(/In step with AMC/),
  })),
  ...['connections', 'members', 'sessions', 'tokens', 'webhooks', 'keeping', 'audit', 'appearance', 'trash'].map(
    (section): Screen => ({
      name: `settings-${section}`,
      who: owner,
      path: () => `/settings/${section}`,
      ready: heading(/./),
    }),
  ),
  {
    name: 'settings-connections-test',
    who: owner,
    path: () => '/settings/connections',
    ready: text(/Test/),
    act: (page) => page.getByRole('button', { name: /^Test/ }).first().click(),
    widths: [1440, 360],
  },
  {
    name: 'settings-members-viewer',
    who: 'viewer',
    path: () => '/settings/members',
    ready: heading(/./),
    widths: wide,
  },
  { name: 'settings-audit-viewer', who: 'viewer', path: () => '/settings/audit', ready: heading(/./), widths: wide },
  { name: 'settings-trash-empty', who: 'newcomer', path: () => '/settings/trash', ready: heading(/./), widths: wide },
]

async function cellsOrRows(page: Page): Promise<void> {
  await page.getByRole('row').or(page.getByRole('listitem')).or(page.getByRole('option')).first().waitFor()
}

async function typesNonsense(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Find anything' }).fill('zzzqqq')
}

async function opensColumn(page: Page): Promise<void> {
  await page.getByRole('columnheader').nth(1).click()
  await page.keyboard.press('Alt+ArrowDown')
  await page.getByRole('dialog').or(page.getByRole('menu')).first().waitFor()
}

async function previewsPrivacy(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Preview on synthetic data' }).click()
  await page.getByRole('region', { name: 'Result', exact: true }).getByRole('row').nth(2).waitFor()
}

import {
  ConnectionId,
  ExecutionId,
  InstanceId,
  InstanceType,
  Region,
  ResultFilter,
  ResultSort,
  ReturnPath,
  TemplateId,
  WebhookId,
  WorkflowId,
} from '@recomamp/contracts'
import {
  Link,
  Outlet,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { settingsSections } from '#features/settings/sections.ts'
import { z } from 'zod'
import { ComparisonSearch } from '#features/data-sources/comparison/comparison-search.ts'
import { dataSourceQueries } from '#features/data-sources/data-sources.queries.ts'
import { FieldSearch } from '#features/data-sources/detail/field-search.ts'
import { comparisonSearch } from '#features/executions/comparison-search.ts'
import { ExecutionsSearch } from '#features/executions/list-search.ts'
import { chosenAlready } from '#features/instances/chosen-instance.tsx'
import { TemplatesSearch } from '#features/templates/templates-search.ts'
import { LibrarySearch } from '#features/workflows/library/library-search.ts'
import { problems } from '#messages/problems.ts'
import { shell } from '#messages/shell.ts'
import { queryClient } from '#platform/query-client.ts'
import { EmptyState } from '#ui/empty-state.tsx'
import { forgetFailedParts, isNotLoaded } from '#ui/lazy-part.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'

/** An address is read, never trusted: what does not parse is dropped and the page shows its default. */
function kept<T extends z.ZodType>(schema: T) {
  return schema.optional().catch(undefined)
}

const rootRoute = createRootRoute({ component: Outlet, notFoundComponent: NotFound })

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: z.object({
    next: kept(ReturnPath),
    reason: z.enum(['expired', 'signed-out', 'denied', 'deleted', 'failed']).optional().catch('failed'),
  }),
  component: lazyRouteComponent(() => import('./features/sign-in/sign-in.page.tsx'), 'SignInPage'),
})

const joinRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/join',
  component: lazyRouteComponent(() => import('./features/sign-in/join.page.tsx'), 'JoinPage'),
})

const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  component: lazyRouteComponent(() => import('./shell/app-layout.tsx'), 'AppLayout'),
})

const homeRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./features/home/home.page.tsx'), 'HomePage'),
})

const statusRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/status',
  component: lazyRouteComponent(() => import('./features/status/status.page.tsx'), 'StatusPage'),
})

const settingsIndexRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/settings',
  beforeLoad: () => {
    throw redirect({ to: '/settings/$section', params: { section: 'connections' }, replace: true })
  },
})

const SettingsSection = z.enum(settingsSections)

const settingsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/settings/$section',
  params: { parse: ({ section }) => ({ section: SettingsSection.parse(section) }), stringify: (params) => params },
  validateSearch: z.object({ c: kept(ConnectionId), w: kept(WebhookId) }),
  component: lazyRouteComponent(() => import('./features/settings/settings.page.tsx'), 'SettingsPage'),
})

/** How much of a result is grid and how much is chart. */
const ResultView = z.enum(['grid', 'split', 'chart'])

const workbenchIndexRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/workbench',
  validateSearch: z.object({ i: kept(InstanceId) }),
  component: lazyRouteComponent(() => import('./features/workbench/workbench-entry.page.tsx'), 'WorkbenchEntryPage'),
})

const newQueryRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/workbench/new',
  validateSearch: z.object({ example: kept(z.string().max(300)), copy: kept(WorkflowId), template: kept(TemplateId) }),
  component: lazyRouteComponent(() => import('./features/workbench/workbench-entry.page.tsx'), 'NewQueryPage'),
})

const workbenchRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/workbench/$workflowId',
  params: { parse: ({ workflowId }) => ({ workflowId: WorkflowId.parse(workflowId) }), stringify: (params) => params },
  validateSearch: z.object({
    side: kept(z.enum(['history'])),
    v: kept(z.number().int().positive()),
    view: kept(ResultView),
    run: kept(ExecutionId),
    w: kept(z.string().max(200)),
    i: kept(InstanceId),
    at: kept(z.number().int().nonnegative()),
  }),
  component: lazyRouteComponent(() => import('./features/workbench/workbench.page.tsx'), 'WorkbenchPage'),
})

const queriesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/queries',
  validateSearch: LibrarySearch,
  component: lazyRouteComponent(() => import('./features/workflows/my-queries.page.tsx'), 'MyQueriesPage'),
})

const executionsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/executions',
  validateSearch: ExecutionsSearch,
  component: lazyRouteComponent(() => import('./features/executions/executions.page.tsx'), 'ExecutionsPage'),
})

const executionRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/executions/$executionId',
  params: {
    parse: ({ executionId }) => ({ executionId: ExecutionId.parse(executionId) }),
    stringify: (params) => params,
  },
  validateSearch: z.object({
    tab: kept(z.enum(['results', 'sql', 'values', 'request', 'history'])),
    sort: kept(z.array(ResultSort).max(5)),
    f: kept(z.array(ResultFilter).max(50)),
    cols: kept(z.array(z.string()).min(1).max(1000)),
    pin: kept(z.array(z.string()).min(1).max(50)),
    view: kept(ResultView),
    with: kept(ExecutionId),
    ...comparisonSearch,
  }),
  component: lazyRouteComponent(() => import('./features/executions/execution.page.tsx'), 'ExecutionPage'),
})

const errorReportRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/executions/$executionId/error',
  params: {
    parse: ({ executionId }) => ({ executionId: ExecutionId.parse(executionId) }),
    stringify: (params) => params,
  },
  validateSearch: z.object({
    view: kept(z.enum(['structured', 'raw', 'sql'])),
    side: kept(z.enum(['sent', 'template'])),
  }),
  component: lazyRouteComponent(() => import('./features/executions/error-report.page.tsx'), 'ErrorReportPage'),
})

const dataSourcesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/data-sources',
  validateSearch: z.object({
    q: kept(z.string().max(200)),
    open: kept(z.string().max(200)),
    sel: kept(z.array(z.string().max(200)).max(1000)),
    filter: kept(z.looseObject({})),
  }),
  loader: () => {
    const instance = chosenAlready()
    if (instance === undefined) return
    void queryClient.prefetchQuery(dataSourceQueries.list(instance ?? undefined))
    void queryClient.prefetchQuery(dataSourceQueries.schema(instance ?? undefined))
  },
  shouldReload: false,
  component: lazyRouteComponent(() => import('./features/data-sources/data-sources.page.tsx'), 'DataSourcesPage'),
})

const dataSourceRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/data-sources/$name',
  validateSearch: FieldSearch,
  loader: ({ params: { name } }) => {
    const instance = chosenAlready()
    if (instance !== undefined) void queryClient.prefetchQuery(dataSourceQueries.detail(name, instance ?? undefined))
  },
  shouldReload: false,
  component: lazyRouteComponent(() => import('./features/data-sources/data-source.page.tsx'), 'DataSourcePage'),
})

const compareRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/data-sources/compare',
  validateSearch: ComparisonSearch,
  component: lazyRouteComponent(() => import('./features/data-sources/comparison.page.tsx'), 'ComparisonPage'),
})

const compareInstancesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/data-sources/compare-instances',
  // Instances, and readings of them where not the latest is meant.
  validateSearch: z.object({ a: kept(z.uuid()), b: kept(z.uuid()), ar: kept(z.uuid()), br: kept(z.uuid()) }),
  component: lazyRouteComponent(
    () => import('./features/data-sources/instance-comparison.page.tsx'),
    'InstanceComparisonPage',
  ),
})

const schemaChangesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/data-sources/changes',
  validateSearch: z.object({ i: kept(InstanceId) }),
  component: lazyRouteComponent(() => import('./features/data-sources/schema-changes.page.tsx'), 'SchemaChangesPage'),
})

const templatesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/templates',
  validateSearch: TemplatesSearch,
  component: lazyRouteComponent(() => import('./features/templates/templates.page.tsx'), 'TemplatesPage'),
})

const templateRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/templates/$templateId',
  params: { parse: ({ templateId }) => ({ templateId: TemplateId.parse(templateId) }), stringify: (params) => params },
  component: lazyRouteComponent(() => import('./features/templates/template.page.tsx'), 'TemplatePage'),
})

const instancesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/instances',
  validateSearch: z.object({
    q: kept(z.string().max(200)),
    connection: kept(ConnectionId),
    region: kept(Region),
    type: kept(InstanceType),
  }),
  component: lazyRouteComponent(() => import('./features/instances/instances.page.tsx'), 'InstancesPage'),
})

const instanceRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/instances/$instanceId',
  params: { parse: ({ instanceId }) => ({ instanceId: InstanceId.parse(instanceId) }), stringify: (params) => params },
  validateSearch: z.object({ tab: kept(z.enum(['overview', 'tables', 'queries', 'executions', 'settings'])) }),
  component: lazyRouteComponent(() => import('./features/instances/instance.page.tsx'), 'InstancePage'),
})

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    signInRoute,
    joinRoute,
    appRoute.addChildren([
      homeRoute,
      workbenchIndexRoute,
      newQueryRoute,
      workbenchRoute,
      queriesRoute,
      executionsRoute,
      executionRoute,
      errorReportRoute,
      dataSourcesRoute,
      dataSourceRoute,
      compareRoute,
      compareInstancesRoute,
      schemaChangesRoute,
      templatesRoute,
      templateRoute,
      instancesRoute,
      instanceRoute,
      statusRoute,
      settingsIndexRoute,
      settingsRoute,
    ]),
  ]),
  defaultPendingComponent: () => <Skeleton label={shell.product} />,
  // One boundary a route: what breaks a page leaves the frame and the way to the others.
  defaultErrorComponent: ({ error, reset }) =>
    isUnknownAddress(error) ? (
      <NotFound />
    ) : (
      // The router keeps the failure of a page that could not be loaded, so only a new start asks for it again.
      <ErrorPanel error={error} onRetry={isNotLoaded(error) ? () => location.reload() : retryOf(reset)} isPage />
    ),
  defaultNotFoundComponent: NotFound,
  trailingSlash: 'never',
  // The code of a page, and what its loader asks the server for, is on its way while the pointer or the focus is on the link to it.
  // Loaders wait for nothing: the page shows that it is being read.
  defaultPreload: 'intent',
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

/** Draws the page again, with the parts of it that could not be loaded. */
function retryOf(reset: () => void) {
  return () => {
    forgetFailedParts()
    reset()
  }
}

/** An address whose parameters its route cannot read; the router keeps that as the cause. */
function isUnknownAddress(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof z.ZodError
}

function NotFound() {
  return (
    <EmptyState
      action={
        <Link to="/" className="btn default">
          {problems.notFound.home}
        </Link>
      }
    >
      <strong>{problems.notFound.title}.</strong> {problems.notFound.detail}
    </EmptyState>
  )
}

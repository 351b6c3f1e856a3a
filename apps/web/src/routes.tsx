import {
  ExecutionId,
  ExecutionStatus,
  InstanceId,
  ResultFilter,
  ResultSort,
  ReturnPath,
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
import { z } from 'zod'
import { ComparisonSearch } from '#features/data-sources/comparison/comparison-search.ts'
import { FieldSearch } from '#features/data-sources/detail/field-search.ts'
import { problems } from '#messages/problems.ts'
import { shell } from '#messages/shell.ts'
import { EmptyState } from '#ui/empty-state.tsx'
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
    reason: z.enum(['expired', 'signed-out', 'denied', 'failed']).optional().catch('failed'),
  }),
  component: lazyRouteComponent(() => import('./features/sign-in/sign-in.page.tsx'), 'SignInPage'),
})

const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  component: lazyRouteComponent(() => import('./shell/app-layout.tsx'), 'AppLayout'),
})

const homeRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/workbench', replace: true })
  },
})

const workbenchIndexRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/workbench',
  validateSearch: z.object({ i: kept(InstanceId) }),
  component: lazyRouteComponent(() => import('./features/workbench/workbench-entry.page.tsx'), 'WorkbenchEntryPage'),
})

const newQueryRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/workbench/new',
  validateSearch: z.object({ example: kept(z.string().max(300)) }),
  component: lazyRouteComponent(() => import('./features/workbench/workbench-entry.page.tsx'), 'NewQueryPage'),
})

const workbenchRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/workbench/$workflowId',
  params: { parse: ({ workflowId }) => ({ workflowId: WorkflowId.parse(workflowId) }), stringify: (params) => params },
  validateSearch: z.object({ run: kept(ExecutionId), w: kept(z.string().max(200)), i: kept(InstanceId) }),
  component: lazyRouteComponent(() => import('./features/workbench/workbench.page.tsx'), 'WorkbenchPage'),
  errorComponent: NotFound,
})

const executionsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/executions',
  validateSearch: z.object({ status: kept(ExecutionStatus) }),
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
    tab: kept(z.enum(['results', 'sql', 'values'])),
    sort: kept(z.array(ResultSort).max(5)),
    f: kept(z.array(ResultFilter).max(50)),
    cols: kept(z.array(z.string()).min(1).max(1000)),
  }),
  component: lazyRouteComponent(() => import('./features/executions/execution.page.tsx'), 'ExecutionPage'),
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
  component: lazyRouteComponent(() => import('./features/data-sources/data-sources.page.tsx'), 'DataSourcesPage'),
})

const dataSourceRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/data-sources/$name',
  validateSearch: FieldSearch,
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
  validateSearch: z.object({ a: kept(z.uuid()), b: kept(z.uuid()) }),
  component: lazyRouteComponent(
    () => import('./features/data-sources/instance-comparison.page.tsx'),
    'InstanceComparisonPage',
  ),
})

const instancesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/instances',
  component: lazyRouteComponent(() => import('./features/instances/instances.page.tsx'), 'InstancesPage'),
})

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    signInRoute,
    appRoute.addChildren([
      homeRoute,
      workbenchIndexRoute,
      newQueryRoute,
      workbenchRoute,
      executionsRoute,
      executionRoute,
      dataSourcesRoute,
      dataSourceRoute,
      compareRoute,
      compareInstancesRoute,
      instancesRoute,
    ]),
  ]),
  defaultPendingComponent: () => <Skeleton label={shell.product} />,
  defaultErrorComponent: ({ error, reset }) => <ErrorPanel error={error} onRetry={reset} />,
  defaultNotFoundComponent: NotFound,
  trailingSlash: 'never',
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

function NotFound() {
  return (
    <EmptyState
      action={
        <Link to="/workbench" className="btn default">
          {problems.notFound.home}
        </Link>
      }
    >
      <strong>{problems.notFound.title}.</strong> {problems.notFound.detail}
    </EmptyState>
  )
}

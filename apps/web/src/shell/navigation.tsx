import { isFinal } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Activity, Boxes, Database, FileCode, Gauge, House, LibraryBig, Settings, SquareTerminal } from 'lucide-react'
import { executionQueries } from '#features/executions/executions.queries.ts'
import { instanceQueries } from '#features/instances/instances.queries.ts'
import { workflowQueries } from '#features/workflows/workflows.queries.ts'
import { shell } from '#messages/shell.ts'
import { figure } from '#platform/words.ts'

/** The parts of the app; only what exists. */
export function useNavigation() {
  const { data: latest } = useQuery(executionQueries.latest())
  const { data: instances } = useQuery(instanceQueries.first())
  const { data: counts } = useQuery(workflowQueries.counts())
  const open = latest?.items.filter((each) => !isFinal(each.status)).length ?? 0
  return [
    { to: '/', icon: House, label: shell.home, count: '' },
    { to: '/workbench', icon: SquareTerminal, label: shell.workbench, count: '' },
    {
      to: '/queries',
      icon: FileCode,
      label: shell.queries,
      count: counts === undefined ? '' : figure(counts.shelves.all),
    },
    { to: '/executions', icon: Activity, label: shell.executions, count: open === 0 ? '' : shell.live(open) },
    { to: '/data-sources', icon: Database, label: shell.dataSources, count: '' },
    { to: '/templates', icon: LibraryBig, label: shell.templates, count: '' },
    {
      to: '/instances',
      icon: Boxes,
      label: shell.instances,
      count: instances === undefined ? '' : String(instances.total),
    },
    { to: '/status', icon: Gauge, label: shell.status, count: '' },
    { to: '/settings', icon: Settings, label: shell.settings, count: '' },
  ] as const
}

export function Navigation({ rail }: { rail: boolean }) {
  return (
    <nav aria-label={shell.navigation}>
      {useNavigation().map(({ to, icon: Icon, label, count }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: to === '/' }}
          {...(rail ? { 'aria-label': label, title: label } : {})}
        >
          <Icon size={16} strokeWidth={1.6} aria-hidden />
          {!rail && <span>{label}</span>}
          {!rail && count !== '' && <span className="count">{count}</span>}
        </Link>
      ))}
    </nav>
  )
}

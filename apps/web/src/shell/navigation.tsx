import { isFinal } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Activity, Boxes, Database, SquareTerminal } from 'lucide-react'
import { executionQueries } from '#features/executions/executions.queries.ts'
import { instanceQueries } from '#features/instances/instances.queries.ts'
import { shell } from '#messages/shell.ts'

/** The parts of the app; only what exists. */
export function useNavigation() {
  const { data: latest } = useQuery(executionQueries.latest())
  const { data: instances } = useQuery(instanceQueries.first())
  const open = latest?.items.filter((each) => !isFinal(each.status)).length ?? 0
  return [
    { to: '/workbench', icon: SquareTerminal, label: shell.workbench, count: '' },
    { to: '/executions', icon: Activity, label: shell.executions, count: open === 0 ? '' : shell.live(open) },
    { to: '/data-sources', icon: Database, label: shell.dataSources, count: '' },
    {
      to: '/instances',
      icon: Boxes,
      label: shell.instances,
      count: instances === undefined ? '' : String(instances.total),
    },
  ] as const
}

export function Navigation({ rail }: { rail: boolean }) {
  return (
    <nav aria-label={shell.navigation}>
      {useNavigation().map(({ to, icon: Icon, label, count }) => (
        <Link key={to} to={to} {...(rail ? { 'aria-label': label, title: label } : {})}>
          <Icon size={16} strokeWidth={1.6} aria-hidden />
          {!rail && <span>{label}</span>}
          {!rail && count !== '' && <span className="count">{count}</span>}
        </Link>
      ))}
    </nav>
  )
}

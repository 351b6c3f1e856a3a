import type { Instance } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { createContext, use, useCallback, useMemo, useState } from 'react'
import { sessionQueries } from '#platform/session.tsx'
import { readStored, writeStored } from '#platform/stored.ts'
import { instanceQueries } from './instances.queries.ts'

interface ChosenInstance {
  /** Null while it is not sure yet which one, and when there is none. */
  instance: Instance | null
  instances: readonly Instance[]
  loading: boolean
  /** The same function as long as the app is open: what opens a query chooses once. */
  choose: (id: string) => void
}

const ChosenInstanceContext = createContext<ChosenInstance | null>(null)
const stored = 'recomamp.instance'

/** Provides the instance that scopes the workbench; the choice is remembered in this browser. */
export function ChosenInstanceProvider({ children }: { children: ReactNode }) {
  const [chosen, setChosen] = useState(() => readStored('local', stored))
  const { data, isPending } = useQuery(instanceQueries.first())
  const { data: user, isPending: userPending } = useQuery(sessionQueries.user())
  // Account by account the list fills up after a sign-in; what came first is nobody's choice.
  const filling = userPending || user?.connections.some((each) => each.discovering) === true
  const choose = useCallback((id: string) => {
    setChosen(id)
    writeStored('local', stored, id)
  }, [])
  const value = useMemo<ChosenInstance>(() => {
    const instances = data?.items.filter((each) => each.available) ?? []
    const found = instances.find((each) => each.id === chosen)
    return {
      instances,
      loading: isPending || (found === undefined && filling),
      instance: found ?? (filling ? null : usual(instances)),
      choose,
    }
  }, [data, isPending, filling, chosen, choose])
  return <ChosenInstanceContext value={value}>{children}</ChosenInstanceContext>
}

export function useChosenInstance(): ChosenInstance {
  const value = use(ChosenInstanceContext)
  if (value === null) throw new Error('useChosenInstance outside ChosenInstanceProvider')
  return value
}

/** Where nobody has chosen yet: a standard instance before an AMC sandbox instance, in the order of Amazon's ids. */
function usual(instances: readonly Instance[]): Instance | null {
  const ordered = instances.toSorted((a, b) => (a.amcInstanceId < b.amcInstanceId ? -1 : 1))
  return ordered.find((each) => each.type === 'STANDARD') ?? ordered[0] ?? null
}

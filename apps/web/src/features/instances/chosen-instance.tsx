import { type Instance, InstanceId, Problem } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { createContext, use, useCallback, useMemo, useState } from 'react'
import { queryClient } from '#platform/query-client.ts'
import { sessionQueries } from '#platform/session.tsx'
import { readStored, writeStored } from '#platform/stored.ts'
import { instanceQueries } from './instances.queries.ts'

interface ChosenInstance {
  /** Null while it is not sure yet which one, and when there is none. */
  instance: Instance | null
  /** The first hundred; the one that is chosen need not be among them. */
  instances: readonly Instance[]
  loading: boolean
  /** One that was chosen and is not there, or not any more. */
  missing: string | null
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
  const instances = useMemo(() => data?.items.filter((each) => each.available) ?? [], [data])
  const first = instances.find((each) => each.id === chosen)
  const wanted = InstanceId.safeParse(chosen).data
  const other = useQuery({
    ...instanceQueries.detail(wanted ?? noInstance),
    enabled: wanted !== undefined && data !== undefined && first === undefined,
  })
  const value = useMemo<ChosenInstance>(() => {
    const found = first ?? (other.data?.available === true && other.data.id === chosen ? other.data : undefined)
    const refused = other.error instanceof Problem && other.error.type === 'instance-not-found'
    const isMissing = found === undefined && (wanted === undefined || refused || other.data?.available === false)
    const isAwaited = found === undefined && (filling || !isMissing)
    return {
      instances,
      loading: isPending || isAwaited,
      instance: found ?? (isAwaited ? null : usual(instances)),
      missing: isMissing && !isPending && !filling ? chosen : null,
      choose,
    }
  }, [instances, first, wanted, other.data, other.error, isPending, filling, chosen, choose])
  return <ChosenInstanceContext value={value}>{children}</ChosenInstanceContext>
}

export function useChosenInstance(): ChosenInstance {
  const value = use(ChosenInstanceContext)
  if (value === null) throw new Error('useChosenInstance outside ChosenInstanceProvider')
  return value
}

/** The instance that the provider gives, where that is known before anything is drawn; undefined where it is not. */
export function chosenAlready(): InstanceId | null | undefined {
  const instances = queryClient.getQueryData(instanceQueries.first().queryKey)?.items.filter((each) => each.available)
  const chosen = readStored('local', stored)
  if (instances === undefined) return undefined
  if (chosen === null) return usual(instances)?.id ?? null
  return instances.find((each) => each.id === chosen)?.id
}

/** Only a text of the right form: nothing is asked with it. */
const noInstance = InstanceId.parse('00000000-0000-4000-8000-000000000000')

/** Where nobody has chosen yet: a standard instance before an AMC sandbox instance, in the order of Amazon's ids. */
function usual(instances: readonly Instance[]): Instance | null {
  const ordered = instances.toSorted((a, b) => (a.amcInstanceId < b.amcInstanceId ? -1 : 1))
  return ordered.find((each) => each.type === 'STANDARD') ?? ordered[0] ?? null
}

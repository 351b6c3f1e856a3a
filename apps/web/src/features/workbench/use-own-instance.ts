import type { Instance, InstanceId, Workflow } from '@recomamp/contracts'
import { saveWorkflow } from '@recomamp/contracts'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { call } from '#platform/api.ts'
import type { OpenDocument } from './document.ts'

interface OwnInstance {
  /** The instance of the switcher, one that was chosen in vain, and how to choose. */
  chosen: {
    instance: Instance | null
    missing: string | null
    loading: boolean
    choose: (id: InstanceId) => void
  }
  workflow: Workflow
  document: OpenDocument
  /** The instance that the address names. */
  linked: InstanceId | undefined
  onMoved: (id: InstanceId) => void
}

/**
 * Opening a query chooses its instance, so that the switcher, the run bar and the run say the same; choosing another one then
 * moves the query there. Answers whether the instance of the switcher is the one to run at; while instances are still read it is not.
 */
export function useOwnInstance({ chosen, workflow, document, linked, onMoved }: OwnInstance): boolean {
  const { instance, missing, choose } = chosen
  const own = useRef(linked ?? workflow.instance?.id ?? null)
  const opening = useRef(true)
  const [settled, setSettled] = useState(false)

  useEffect(() => {
    if (own.current !== null) choose(own.current)
  }, [choose])

  const settle = useEffectEvent((next: Instance, goneId: string | null) => {
    const isStillToCome = next.id !== own.current && own.current !== null && own.current !== goneId
    if (opening.current && isStillToCome) return
    const isMove = !opening.current && next.id !== own.current
    opening.current = false
    setSettled(true)
    own.current = next.id
    if (!isMove) return
    onMoved(next.id)
    const { content, edited, version } = document.state()
    // Unsaved text takes its instance along with its next version. A refusal leaves the address, which names the instance.
    if (!edited)
      call(saveWorkflow, {
        params: { workflowId: workflow.id },
        body: { ...content, baseVersion: version, instanceId: next.id },
      }).catch(() => {})
  })
  useEffect(() => {
    if (instance !== null) settle(instance, missing)
  }, [instance, missing])
  return settled || (instance === null && !chosen.loading)
}

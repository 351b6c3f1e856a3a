import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { instance } from '#messages/instance.ts'
import { Button } from '#ui/button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { instanceQueries } from './instances.queries.ts'
import { takeRemoved } from './removed-instance.ts'

const t = instance.remove

/** Says which instance was just removed, and takes it back with one press. */
export function RemovedNotice() {
  const [removed, setRemoved] = useState(takeRemoved)
  const client = useQueryClient()
  const { mutate, error, isPending } = useMutation({
    ...instanceQueries.addByHand(),
    onSuccess: () => {
      setRemoved(null)
      void client.invalidateQueries({ queryKey: instanceQueries.all() })
    },
  })
  if (removed === null) return null
  const { name, amcInstanceId, type, connection, account } = removed
  const { entityId, marketplaceId } = account
  return (
    <>
      <p
        role="status"
        className="bg-sunken border-line text-12 flex items-center gap-3 border-y px-4 py-1.5 tablet:px-6"
      >
        {t.done(name)}
        <Button
          size="small"
          busy={isPending}
          onPress={() => mutate({ connectionId: connection.id, amcInstanceId, name, type, entityId, marketplaceId })}
        >
          {t.undo}
        </Button>
      </p>
      {error !== null && <ErrorPanel error={error} />}
    </>
  )
}

import { AddByHand, type Connection } from '@recomamp/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { instances } from '#messages/instances.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field } from '#ui/field.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Select } from '#ui/select.tsx'
import { instanceQueries } from './instances.queries.ts'

const t = instances.add

/** Adds an instance that Amazon's list does not show, by the ids that its owner tells. */
export function AddById({ connections, onClose }: { connections: readonly Connection[]; onClose: () => void }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [given, setGiven] = useState({
    connectionId: String(connections[0]?.id ?? ''),
    amcInstanceId: '',
    name: '',
    type: 'STANDARD' as 'STANDARD' | 'SANDBOX',
    entityId: '',
    marketplaceId: '',
  })
  const [hasTried, setHasTried] = useState(false)
  const { mutate, error, isPending } = useMutation({
    ...instanceQueries.addByHand(),
    onSuccess: async ({ instance }) => {
      void client.invalidateQueries({ queryKey: instanceQueries.all() })
      onClose()
      if (instance !== null) await navigate({ to: '/instances/$instanceId', params: { instanceId: instance.id } })
    },
  })
  const read = AddByHand.safeParse({ by: 'hand', ...given })
  const text = (field: 'amcInstanceId' | 'name' | 'entityId' | 'marketplaceId') => ({
    label: t[field],
    help: t.help[field],
    value: given[field],
    error: hasTried && given[field].trim() === '' ? t.needed : null,
    onChange: (value: string) => setGiven({ ...given, [field]: value.trim() === '' ? '' : value }),
  })
  return (
    <Dialog title={t.title} isOpen onClose={onClose}>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          setHasTried(true)
          if (read.success) mutate(read.data)
        }}
      >
        <p className="text-text-2">{t.lead}</p>
        <Select
          label={t.connection}
          value={given.connectionId}
          onChange={(connectionId) => setGiven({ ...given, connectionId })}
          choices={connections.map(({ id, provider, region }) => ({
            value: String(id),
            label: `${instances.connection[provider]}, ${instances.regions[region]}`,
          }))}
        />
        <Field {...text('amcInstanceId')} mono />
        <Field {...text('name')} />
        <Field {...text('entityId')} mono />
        <Field {...text('marketplaceId')} mono />
        <Select
          label={t.type}
          value={given.type}
          onChange={(type) => setGiven({ ...given, type })}
          choices={[
            { value: 'STANDARD', label: 'STANDARD' },
            { value: 'SANDBOX', label: 'SANDBOX' },
          ]}
        />
        {error !== null && <ErrorPanel error={error} />}
        <div className="flex gap-2">
          <Button look="primary" type="submit" busy={isPending} onPress={() => {}}>
            {t.add}
          </Button>
          <Button onPress={onClose}>{t.cancel}</Button>
        </div>
      </form>
    </Dialog>
  )
}

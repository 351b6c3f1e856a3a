import { type WebhookEvent, type WebhookId, WebhookKind, createWebhook } from '@recomamp/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { webhooks as t } from '#messages/webhooks.ts'
import { call } from '#platform/api.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field } from '#ui/field.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Select } from '#ui/select.tsx'
import { Secret } from '#ui/secret.tsx'
import { EventChoice } from './event-choice.tsx'
import { webhookQueries } from './webhooks.queries.ts'

/** Makes a webhook and shows its secret, which nobody sees again. */
export function AddWebhook({ onAdded, onClose }: { onAdded: (id: WebhookId) => void; onClose: () => void }) {
  const client = useQueryClient()
  const [kind, setKind] = useState<WebhookKind>('webhook')
  const [address, setAddress] = useState('')
  const [events, setEvents] = useState<WebhookEvent[]>(['execution.completed', 'execution.failed'])
  const add = useMutation({
    mutationFn: () => call(createWebhook, { body: { kind, address, events } }),
    onSuccess: async ({ webhook, secret }) => {
      await client.invalidateQueries({ queryKey: webhookQueries.all() })
      onAdded(webhook.id)
      if (secret === null) onClose()
    },
  })
  const secret = add.data?.secret ?? null
  if (secret !== null)
    return (
      <Dialog title={t.secretTitle} isOpen onClose={onClose}>
        <Secret label={t.secretTitle} text={secret} help={t.secretOnce} />
        <div>
          <Button look="primary" onPress={onClose}>
            {t.done}
          </Button>
        </div>
      </Dialog>
    )
  return (
    <Dialog title={t.addTitle} isOpen onClose={onClose}>
      <Select
        label={t.kind}
        value={kind}
        onChange={setKind}
        choices={WebhookKind.options.map((value) => ({ value, label: `${t.kinds[value]}: ${t.kindNotes[value]}` }))}
      />
      <Field label={t.address} help={t.addressHelp[kind]} value={address} onChange={setAddress} mono maxLength={2000} />
      <EventChoice value={events} onChange={setEvents} />
      {add.error !== null && <ErrorPanel error={add.error} />}
      <div className="flex flex-wrap gap-2">
        <Button look="primary" busy={add.isPending || address.trim() === ''} onPress={() => add.mutate()}>
          {t.add}
        </Button>
        <Button onPress={onClose}>{t.cancel}</Button>
      </div>
    </Dialog>
  )
}

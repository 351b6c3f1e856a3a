import {
  type BodyGiven,
  type Webhook,
  deleteWebhook,
  renewWebhookSecret,
  testWebhook,
  updateWebhook,
} from '@recomamp/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Check, Send } from 'lucide-react'
import { useState } from 'react'
import { webhooks as t } from '#messages/webhooks.ts'
import { call } from '#platform/api.ts'
import { instantDay, when } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field } from '#ui/field.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { tell } from '#ui/toast.tsx'
import { Secret } from '#ui/secret.tsx'
import { EventChoice } from './event-choice.tsx'
import { webhookQueries } from './webhooks.queries.ts'

/** What is set for one address; each field saves by itself. */
export function WebhookForm({ webhook, now }: { webhook: Webhook; now: Date }) {
  const client = useQueryClient()
  const params = { webhookId: webhook.id }
  const isHidden = webhook.kind === 'slack'
  const [address, setAddress] = useState(isHidden ? '' : webhook.address)
  const [isRemoving, setRemoving] = useState(false)
  const refresh = () => client.invalidateQueries({ queryKey: webhookQueries.all() })
  const change = useMutation({
    mutationFn: (body: BodyGiven<typeof updateWebhook>) => call(updateWebhook, { params, body }),
    onSettled: refresh,
  })
  const renew = useMutation({ mutationFn: () => call(renewWebhookSecret, { params }), onSettled: refresh })
  const test = useMutation({
    mutationFn: () => call(testWebhook, { params }),
    onSuccess: () => tell(t.testSent),
    onSettled: refresh,
  })
  const remove = useMutation({
    mutationFn: () => call(deleteWebhook, { params }),
    onSuccess: () => tell(t.removed),
    onSettled: refresh,
  })
  const isChanged = address.trim() !== '' && address !== webhook.address
  const error = change.error ?? renew.error ?? test.error
  const { createdBy } = webhook
  return (
    <section aria-label={webhook.address} className="flex min-w-0 flex-col gap-4 px-4 py-3 tablet:px-5">
      {webhook.pausedReason !== null && <p className="text-warn">{t.pausedReasons[webhook.pausedReason]}</p>}
      <div className="flex flex-col gap-2">
        <Field
          label={isHidden ? t.newAddress : t.address}
          help={isHidden ? t.newAddressHelp : t.addressHelp[webhook.kind]}
          value={address}
          onChange={setAddress}
          mono
          maxLength={2000}
        />
        {isChanged && (
          <div>
            <Button
              size="small"
              needs={updateWebhook}
              busy={change.isPending}
              onPress={() => change.mutate({ address })}
            >
              {t.save}
            </Button>
          </div>
        )}
      </div>
      {webhook.kind === 'webhook' && (
        <div className="flex flex-col gap-1.5">
          <span className="field-label">{t.secret}</span>
          <div className="flex flex-wrap items-center gap-2">
            <span className="mono text-text-2 flex-1">{t.secretHidden}</span>
            <Button size="small" needs={renewWebhookSecret} busy={renew.isPending} onPress={() => renew.mutate()}>
              {t.newSecret}
            </Button>
          </div>
          <p className="field-help">
            {webhook.previousSecretUntil !== null && Date.parse(webhook.previousSecretUntil) > now.getTime()
              ? t.secretOld(when(webhook.previousSecretUntil, now))
              : t.secretNote}
          </p>
        </div>
      )}
      <EventChoice value={webhook.events} onChange={(events) => change.mutate({ events })} />
      <p className="text-12 text-text-2 flex items-center gap-1.5" role="status">
        {change.isSuccess && <Check size={12} strokeWidth={2} aria-hidden />}
        {change.isSuccess
          ? t.saved
          : t.by(createdBy?.name ?? createdBy?.email ?? t.somebody, instantDay(webhook.createdAt))}
      </p>
      {error !== null && <ErrorPanel error={error} />}
      <div className="border-line flex flex-wrap gap-2 border-t pt-3">
        <Button needs={testWebhook} busy={test.isPending} onPress={() => test.mutate()}>
          <Send size={14} strokeWidth={1.7} aria-hidden />
          {t.test}
        </Button>
        <Button
          needs={updateWebhook}
          busy={change.isPending}
          onPress={() => change.mutate({ paused: webhook.state !== 'paused' })}
        >
          {webhook.state === 'paused' ? t.resume : t.pause}
        </Button>
        <Button look="danger" needs={deleteWebhook} onPress={() => setRemoving(true)}>
          {t.remove}
        </Button>
      </div>
      {renew.data !== undefined && (
        <Dialog title={t.secretTitle} isOpen onClose={() => renew.reset()}>
          <Secret label={t.secretTitle} text={renew.data.secret} help={t.secretOnce} />
          <div>
            <Button look="primary" onPress={() => renew.reset()}>
              {t.done}
            </Button>
          </div>
        </Dialog>
      )}
      {isRemoving && (
        <Dialog title={t.removeTitle(webhook.address)} isOpen onClose={() => setRemoving(false)}>
          <p className="text-text-2">{t.removeWhat}</p>
          {remove.error !== null && <ErrorPanel error={remove.error} />}
          <div className="flex flex-wrap gap-2">
            <Button look="danger" busy={remove.isPending} onPress={() => remove.mutate()}>
              {t.confirmRemove}
            </Button>
            <Button onPress={() => setRemoving(false)}>{t.cancel}</Button>
          </div>
        </Dialog>
      )}
    </section>
  )
}

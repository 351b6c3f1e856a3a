import {
  type Webhook,
  WebhookDelivery,
  type WebhookDeliveryId,
  WebhookMessageType,
  redeliverAll,
} from '@recomamp/contracts'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { ChevronDown, ChevronRight, CircleCheck, CircleDot, CircleX, RotateCw } from 'lucide-react'
import { Fragment, useState } from 'react'
import { webhooks } from '#messages/webhooks.ts'
import { call } from '#platform/api.ts'
import { useWidth } from '#platform/width.ts'
import { exactly, when } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Select } from '#ui/select.tsx'
import { ShowMore } from '#ui/show-more.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { tell } from '#ui/toast.tsx'
import { DeliveryDetail } from './delivery-detail.tsx'
import { webhookQueries } from './webhooks.queries.ts'

const t = webhooks.log
const states = ['any', ...WebhookDelivery.shape.state.options] as const

interface DeliveryLogProps {
  webhook: Webhook
  /** How long the workspace keeps it; null until that is known. */
  keptDays: number | null
  now: Date
}

/** What was sent to one address, what came back, and the way to send it again. */
export function DeliveryLog({ webhook, keptDays, now }: DeliveryLogProps) {
  const client = useQueryClient()
  const phone = useWidth() === 'phone'
  const [type, setType] = useState<WebhookMessageType | 'any'>('any')
  const [state, setState] = useState<(typeof states)[number]>('any')
  const [opened, setOpened] = useState<WebhookDeliveryId | null>(null)
  const filter = { ...(type === 'any' ? {} : { type }), ...(state === 'any' ? {} : { state }) }
  const log = useInfiniteQuery(webhookQueries.deliveries(webhook.id, filter))
  const again = useMutation({
    mutationFn: () => call(redeliverAll, { params: { webhookId: webhook.id } }),
    onSuccess: ({ count }) => tell(t.sentAgain(count)),
    onSettled: () => client.invalidateQueries({ queryKey: webhookQueries.all() }),
  })
  const deliveries = log.data?.pages.flatMap(({ items }) => items) ?? []
  const total = log.data?.pages[0]?.total ?? 0
  const failing = deliveries.filter((one) => one.state === 'failed' || (one.state === 'waiting' && one.tries > 0))
  return (
    <section aria-label={t.title} className="webhook-log">
      <div className="flex flex-wrap items-center gap-2 px-4 py-3">
        <h3 className="text-13">{t.title}</h3>
        <span className="text-12 text-text-2 flex-1">{keptDays !== null && t.kept(keptDays)}</span>
        <Select
          label={t.event}
          labelAt="inside"
          value={type}
          onChange={setType}
          choices={[
            { value: 'any' as const, label: t.anyEvent },
            ...WebhookMessageType.options.map((value) => ({ value, label: value })),
          ]}
        />
        <Select
          label={t.state}
          labelAt="inside"
          value={state}
          onChange={setState}
          choices={states.map((value) => ({ value, label: t.states[value] }))}
        />
        {failing.length > 0 && (
          <Button needs={redeliverAll} busy={again.isPending} onPress={() => again.mutate()}>
            <RotateCw size={14} strokeWidth={1.7} aria-hidden />
            {t.sendAll(failing.length)}
          </Button>
        )}
      </div>
      {log.error !== null && <ErrorPanel error={log.error} onRetry={() => void log.refetch()} />}
      {again.error !== null && <ErrorPanel error={again.error} />}
      {log.isPending && <Skeleton label={t.title} rows={4} />}
      {log.data !== undefined && deliveries.length === 0 && (
        <EmptyState>{type === 'any' && state === 'any' ? t.empty : t.emptyFiltered}</EmptyState>
      )}
      {deliveries.length > 0 && (
        <table className="rows border-line border-t" aria-label={t.title}>
          <thead>
            <tr>
              <th className="w-10">
                <span className="sr-only">{t.columns.open}</span>
              </th>
              <th className="w-24">{t.columns.time}</th>
              <th>{t.columns.event}</th>
              {!phone && <th>{t.columns.about}</th>}
              <th className="w-20">{t.columns.answer}</th>
              {!phone && <th className="w-16 num">{t.columns.took}</th>}
              {!phone && <th className="w-12 num">{t.columns.tries}</th>}
            </tr>
          </thead>
          <tbody>
            {deliveries.map((one) => {
              const isOpen = one.id === opened
              const Chevron = isOpen ? ChevronDown : ChevronRight
              return (
                <Fragment key={one.id}>
                  <tr className={isOpen ? 'selected' : ''}>
                    <td>
                      <Button
                        look="quiet"
                        size="small"
                        square
                        aria-label={t.details(one.type, one.about)}
                        aria-expanded={isOpen}
                        onPress={() => setOpened(isOpen ? null : one.id)}
                      >
                        <Chevron size={14} strokeWidth={1.7} aria-hidden />
                      </Button>
                    </td>
                    <td className="text-text-2" title={exactly(one.createdAt)}>
                      {when(one.createdAt, now)}
                    </td>
                    <td className="mono" title={one.type}>
                      {one.type}
                    </td>
                    {!phone && <td title={one.about}>{one.about}</td>}
                    <td title={one.error ?? ''}>
                      <Answer delivery={one} />
                    </td>
                    {!phone && (
                      <td className="num text-text-2">{one.tookMs === null ? t.noTime : t.took(one.tookMs)}</td>
                    )}
                    {!phone && <td className="num">{one.tries}</td>}
                  </tr>
                  {isOpen && (
                    <tr className="selected">
                      <td colSpan={phone ? 4 : 7} className="detail-cell">
                        <DeliveryDetail webhookId={webhook.id} deliveryId={one.id} now={now} />
                      </td>
                    </tr>
                  )}
                </Fragment>
              )
            })}
          </tbody>
        </table>
      )}
      <ShowMore list={log} label={t.showMore} inset="px-4">
        {t.more(deliveries.length, total)}
      </ShowMore>
    </section>
  )
}

/** What the last try came to, as shape and word. */
function Answer({ delivery: { state, status, tries } }: { delivery: WebhookDelivery }) {
  const isNew = state === 'waiting' && tries === 0
  const Icon = state === 'delivered' ? CircleCheck : isNew ? CircleDot : CircleX
  const tone = state === 'delivered' ? 'text-ok' : isNew ? 'text-text-2' : 'text-bad'
  return (
    <span className="inline-flex items-center gap-1.5 align-middle">
      <Icon size={14} strokeWidth={1.7} aria-hidden className={`flex-none ${tone}`} />
      <span className={`mono ${tone}`}>{isNew ? t.waits : (status ?? t.noAnswer)}</span>
    </span>
  )
}

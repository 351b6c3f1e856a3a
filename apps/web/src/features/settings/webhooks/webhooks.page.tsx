import { type Webhook, type WebhookId, createWebhook } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { settings } from '#messages/settings.ts'
import { webhooks as t } from '#messages/webhooks.ts'
import { useNow } from '#platform/clock.ts'
import { useWidth } from '#platform/width.ts'
import { exactly, when } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { SectionHead } from '../section-head.tsx'
import { keepingQueries } from '../settings.queries.ts'
import { AddWebhook } from './add-webhook.tsx'
import { DeliveryLog } from './delivery-log.tsx'
import { WebhookForm } from './webhook-form.tsx'
import { WebhookState } from './webhook-state.tsx'
import { webhookQueries } from './webhooks.queries.ts'

const route = getRouteApi('/app/settings/$section')

/** Who is told of what happens: the list, one of it with what is set for it, and what was sent. */
export function WebhooksSettings() {
  const { w } = route.useSearch()
  const navigate = route.useNavigate()
  const now = useNow(30_000)
  const width = useWidth()
  const phone = width === 'phone'
  const wide = width === 'desk'
  const [isAdding, setAdding] = useState(false)
  const list = useQuery(webhookQueries.list())
  const kept = useQuery(keepingQueries.kept())
  const items = list.data?.items ?? []
  const chosen = items.find(({ id }) => id === w) ?? (phone ? undefined : items[0])
  const choose = (id: WebhookId) => void navigate({ search: { w: id } })
  return (
    <>
      <SectionHead
        title={settings.sections.webhooks}
        lead={t.lead}
        actions={
          <Button look="primary" needs={createWebhook} onPress={() => setAdding(true)}>
            <Plus size={14} strokeWidth={1.7} aria-hidden />
            {t.add}
          </Button>
        }
      />
      {list.error !== null && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton label={t.list} rows={3} />}
      {list.data !== undefined && items.length === 0 && <EmptyState>{t.empty}</EmptyState>}
      {items.length > 0 && (
        <div className="border-line border-y">
          <table className="rows" aria-label={t.list}>
            <thead>
              <tr>
                <th>{t.columns.address}</th>
                {wide && <th className="w-36">{t.columns.kind}</th>}
                {!phone && <th>{t.columns.events}</th>}
                <th>{t.columns.state}</th>
                {!phone && <th className="w-28">{t.columns.last}</th>}
                {wide && <th className="w-36">{t.columns.next}</th>}
              </tr>
            </thead>
            <tbody>
              {items.map((each) => (
                <tr key={each.id} className={each === chosen ? 'selected' : ''}>
                  <td title={each.address}>
                    <Link
                      to="/settings/$section"
                      params={{ section: 'webhooks' }}
                      search={{ w: each.id }}
                      aria-current={each === chosen ? 'true' : undefined}
                      className="mono text-text"
                    >
                      {each.address.replace(/^https:\/\//, '')}
                    </Link>
                  </td>
                  {wide && <td className="text-text-2">{t.kinds[each.kind]}</td>}
                  {!phone && (
                    <td className="text-text-2" title={each.events.map((event) => t.events[event]).join('\n')}>
                      {each.events.map((event) => t.short[event]).join(', ')}
                    </td>
                  )}
                  <td>
                    <WebhookState webhook={each} />
                  </td>
                  {!phone && (
                    <td className="text-text-2" title={each.lastSentAt === null ? '' : exactly(each.lastSentAt)}>
                      {each.lastSentAt === null ? t.never : when(each.lastSentAt, now)}
                    </td>
                  )}
                  {wide && <td className="text-text-2">{thenOf(each, now)}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {chosen !== undefined && (
        <div key={chosen.id} className="webhook-parts">
          <WebhookForm webhook={chosen} now={now} />
          <DeliveryLog webhook={chosen} keptDays={kept.data?.deliveryDays ?? null} now={now} />
        </div>
      )}
      {isAdding && <AddWebhook onAdded={choose} onClose={() => setAdding(false)} />}
    </>
  )
}

/** What is to come, or what has been. */
function thenOf({ state, nextTryAt, sent, lost }: Webhook, now: Date): string {
  if (state === 'failing' && nextTryAt !== null) return t.nextTry(when(nextTryAt, now))
  return lost > 0 ? t.lost(lost) : t.sent(sent)
}

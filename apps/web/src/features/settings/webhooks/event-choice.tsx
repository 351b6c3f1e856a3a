import { WebhookEvent } from '@recomamp/contracts'
import { webhooks as t } from '#messages/webhooks.ts'
import { Switch } from '#ui/switch.tsx'

/** What somebody is told of; the last one cannot be taken away. */
export function EventChoice(props: { value: readonly WebhookEvent[]; onChange: (events: WebhookEvent[]) => void }) {
  const { value, onChange } = props
  const set = (event: WebhookEvent, isOn: boolean) => {
    const events = WebhookEvent.options.filter((each) => (each === event ? isOn : value.includes(each)))
    if (events.length > 0) onChange(events)
  }
  return (
    <div role="group" aria-label={t.eventsTitle} className="flex flex-col gap-1.5">
      <span className="field-label" aria-hidden>
        {t.eventsTitle}
      </span>
      {WebhookEvent.options.map((event) => (
        <Switch key={event} label={t.events[event]} value={value.includes(event)} onChange={(on) => set(event, on)}>
          {t.events[event]}
        </Switch>
      ))}
      <p className="field-help">{t.oneEvent}</p>
    </div>
  )
}

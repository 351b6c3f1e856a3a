import { type IncomingMessage, request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { eventsPath } from '@recomamp/contracts'
import type { Person } from '@recomamp/testkit'
import { renewTogether } from '../renewal.ts'

/** One reader of a stream of events, as EventSource is, but with a Bearer token. */
export interface Listener {
  readonly person: Person
  /** The ids of all events that it was told, in their order. */
  readonly ids: number[]
  /** How often the stream was opened. */
  opened: number
  /** How often it could not be opened, by why. */
  readonly failures: Record<string, number>
  isOpen: boolean
  /** Behind what it resumes, and after which pause; both as the server says. */
  readonly place: Place
}

/** Listens until the signal ends it: a stream that ended is opened again behind the last event, after the pause that the server named. */
export function listen(person: Person, localAddress: string, signal: AbortSignal): Listener {
  const listener: Listener = {
    person,
    ids: [],
    opened: 0,
    failures: {},
    isOpen: false,
    place: { lastId: '', pauseMs: 2000 },
  }
  void follow(listener, localAddress, signal)
  return listener
}

async function follow(listener: Listener, localAddress: string, signal: AbortSignal): Promise<void> {
  const { place } = listener
  while (!signal.aborted) {
    const { accessToken } = listener.person
    try {
      const answer = await open(listener.person, { localAddress, lastId: place.lastId, signal })
      if (answer.statusCode !== 200) throw new Error(String(answer.statusCode))
      listener.opened += 1
      listener.isOpen = true
      await readMessages(answer, place, (id) => listener.ids.push(id))
    } catch (error) {
      const why = error instanceof Error && 'code' in error ? String(error.code) : String(Object(error).message)
      if (!listener.isOpen && !signal.aborted) listener.failures[why] = (listener.failures[why] ?? 0) + 1
      if (why === '401' && accessToken === listener.person.accessToken)
        await renewTogether(listener.person).catch(() => undefined)
    }
    listener.isOpen = false
    await wait(place.pauseMs, undefined, { signal }).catch(() => undefined)
  }
}

interface Place {
  lastId: string
  pauseMs: number
}

function open(
  { accessToken, baseUrl }: Person,
  { localAddress, lastId, signal }: { localAddress: string; lastId: string; signal: AbortSignal },
): Promise<IncomingMessage> {
  const headers = {
    accept: 'text/event-stream',
    authorization: `Bearer ${accessToken}`,
    ...(lastId !== '' && { 'last-event-id': lastId }),
  }
  return new Promise((resolve, reject) => {
    request(`${baseUrl}${eventsPath}`, { agent: false, localAddress, signal, headers })
      .on('response', resolve)
      .on('error', reject)
      .end()
  })
}

/** By the rules of server-sent events (WHATWG HTML, 9.2.6): an id counts from the blank line on, also without an event. */
async function readMessages(answer: IncomingMessage, place: Place, onEvent: (id: number) => void): Promise<void> {
  let text = ''
  let id = place.lastId
  let hasData = false
  for await (const chunk of answer.setEncoding('utf8')) {
    const lines = (text + String(chunk)).split('\n')
    text = lines.pop() ?? ''
    for (const line of lines) {
      const [, field, value = ''] = /^([a-z]+): ?(.*)$/.exec(line) ?? []
      if (field === 'id') id = value
      if (field === 'retry') place.pauseMs = Number(value)
      if (field === 'data') hasData = true
      if (line !== '') continue
      place.lastId = id
      if (hasData) onEvent(Number(id))
      hasData = false
    }
  }
}

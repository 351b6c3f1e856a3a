import { refreshSession } from '@recomamp/contracts'
import { apiAddress } from './api-origin.ts'
import { createCall } from './http.ts'
import { readStored, writeStored } from './stored.ts'
import { joinTabs } from './tabs.ts'
import type { AccessToken } from './tokens.ts'
import { noteAnswer } from './timings.ts'
import { createTokens } from './tokens.ts'
import './strict-parsing.ts'

export const tabs = joinTabs()

export const tokens = createTokens({
  async refresh(stale) {
    await tabs.decided
    return tabs.isLeader() ? refreshHere() : askLeader(stale).catch(refreshHere)
  },
  onToken: (token) => {
    if (!tabs.isLeader()) return
    tabs.tell({ kind: 'token', token })
    renewBeforeExpiry(token)
  },
  onMoved: () => location.assign('/'),
})

/** Every request to the server goes through here. */
export const call = createCall({
  fetch: (...request) => fetch(...request),
  tokens,
  addressAt: apiAddress,
  onAnswer: noteAnswer,
})

const renewalKey = 'recomamp.renewal'

/** Under the key of the renewal that no tab has got an answer to, so that the server takes it for that one: the cookie of a lost answer
 *  was not kept, and an old cookie alone looks like a stolen one. */
async function refreshHere(): Promise<AccessToken> {
  // A page that is not secure has no randomUUID, and must be able to sign in.
  const key = readStored('local', renewalKey) ?? crypto.getRandomValues(new Uint32Array(4)).join('-')
  writeStored('local', renewalKey, key)
  const answer = await call(refreshSession, { headers: { 'idempotency-key': key } })
  if (readStored('local', renewalKey) === key) writeStored('local', renewalKey, null)
  return answer
}

/**
 * Waits for the leading tab's token. A leader that is asleep is not waited for longer than half a second, and one that is gone
 * (the page before a reload) not at all: the server takes a renewal from two tabs.
 */
function askLeader(stale: string | null): Promise<AccessToken> {
  return new Promise((resolve, reject) => {
    const giveUp = () => settle(() => reject(new Error('The leading tab did not answer')))
    const timer = setTimeout(giveUp, 500)
    void tabs.leading.then(giveUp)
    const stop = tabs.listen((message) => {
      if (message.kind === 'token' && message.token.accessToken !== stale) settle(() => resolve(message.token))
    })
    function settle(then: () => void): void {
      clearTimeout(timer)
      stop()
      then()
    }
    tabs.tell({ kind: 'token-wanted', stale })
  })
}

let renewal: ReturnType<typeof setTimeout> | undefined
let newest: { token: AccessToken; until: number } | null = null

function renewBeforeExpiry(token: AccessToken): void {
  newest = { token, until: Date.now() + token.expiresIn * 1000 }
  clearTimeout(renewal)
  const aheadSeconds = Math.min(60, token.expiresIn / 4)
  renewal = setTimeout(
    () => void tokens.renew(token.accessToken).catch(() => {}),
    (token.expiresIn - aheadSeconds) * 1000,
  )
}

tabs.listen((message) => {
  if (message.kind === 'token') tokens.adopt(message.token)
  if (message.kind === 'workspace-changed') location.assign('/')
  if (message.kind === 'session-over') tokens.end(message.state)
  if (message.kind === 'token-wanted' && tabs.isLeader()) void answerWithToken(message.stale)
})

async function answerWithToken(stale: string | null): Promise<void> {
  const left = newest === null ? 0 : (newest.until - Date.now()) / 1000
  const isInUse = newest?.token.accessToken === tokens.current()
  if (newest !== null && isInUse && newest.token.accessToken !== stale && left > 5)
    return tabs.tell({ kind: 'token', token: { ...newest.token, expiresIn: Math.floor(left) } })
  // A refusal is not passed on: the other tab then asks the server itself and learns the reason.
  await tokens.renew(stale).catch(() => {})
}

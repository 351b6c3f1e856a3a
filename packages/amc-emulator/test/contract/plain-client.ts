import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLocalEngine } from '@recomamp/amc-local'
import { expect } from 'vitest'
import { startEmulator } from '../../src/index.ts'
import type { Emulator, EmulatorOptions } from '../../src/index.ts'
import { faultsOf } from './description.ts'
import type { Answer } from './description.ts'

/** An emulator and nothing of the product's client before it: every request is written out here with `fetch`. */
export interface PlainWorld extends AsyncDisposable {
  emulator: Emulator
  /** Sends as Ana, with all four headers; `null` leaves a header out. */
  send(call: string, request?: PlainRequest): Promise<Answer>
  /** As `send`, and holds the answer against the description of this operation. */
  ask(operationId: string, call: string, request?: PlainRequest): Promise<Answer>
  /** Asks until an execution has ended. */
  ended(instanceId: string, executionId: string): Promise<Record<string, unknown>>
}

export interface PlainRequest {
  /** Sent as JSON, a text as it is. */
  body?: unknown
  headers?: Record<string, string | null>
}

export async function openPlainWorld(options: Partial<EmulatorOptions> = {}): Promise<PlainWorld> {
  const engine = openLocalEngine({ folder: join(tmpdir(), 'recomamp-test-data'), endDay: '2026-01-01' })
  await engine.ready
  const dataDir = await mkdtemp(join(tmpdir(), 'recomamp-contract-'))
  const emulator = await startEmulator({ port: 0, engine, dataDir, timings: { pendingMs: 5 }, ...options })
  let token = await freshToken(emulator)
  const send = async (call: string, { body, headers = {} }: PlainRequest = {}) => {
    const [method = 'GET', path = ''] = call.split(' ')
    const given: Record<string, string | null> = {
      Authorization: `Bearer ${token}`,
      'Amazon-Advertising-API-ClientId': emulator.clientId,
      'Amazon-Advertising-API-AdvertiserId': emulator.entityId,
      'Amazon-Advertising-API-MarketplaceId': emulator.marketplaceId,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    }
    const sent = Object.fromEntries(
      Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== null),
    )
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return answerOf(
      await fetch(emulator.url + path, {
        method,
        headers: sent,
        redirect: 'manual',
        // Bytes, so that fetch adds no content type of its own.
        ...(body === undefined ? {} : { body: new TextEncoder().encode(text) }),
      }),
    )
  }
  return {
    emulator,
    send,
    ask: async (operationId, call, request) => {
      const answer = await send(call, request)
      expect(faultsOf(operationId, answer), call).toEqual([])
      return answer
    },
    ended: async (instanceId, executionId) => {
      for (let tries = 0; tries < 800; tries += 1) {
        const { json, status } = await send(`GET /amc/reporting/${instanceId}/workflowExecutions/${executionId}`)
        if (status === 401) token = await freshToken(emulator)
        const execution = json as Record<string, unknown>
        if (/SUCCEEDED|FAILED|REJECTED|CANCELLED/.test(String(execution['status']))) return execution
        await new Promise((resolve) => setTimeout(resolve, 25))
      }
      throw new Error(`${executionId} did not end`)
    },
    async [Symbol.asyncDispose]() {
      await emulator.close()
      await engine.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** A new access token by the standing grant. */
export async function freshToken({ tokenUrl, clientId, clientSecret, refreshToken }: Emulator): Promise<string> {
  const answer = await fetch(tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: clientId,
      client_secret: clientSecret,
    }),
  })
  return ((await answer.json()) as { access_token: string }).access_token
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  let json: unknown = null
  try {
    json = JSON.parse(text)
  } catch {
    json = null
  }
  return {
    status: response.status,
    contentType: response.headers.get('content-type'),
    headers: response.headers,
    text,
    json,
  }
}

/** Keys of an object in the order in which they came. */
export function keysInOrder(value: unknown): string[] {
  return Object.keys(value as object)
}

/** A week inside the synthetic data. */
export const week = {
  timeWindowType: 'EXPLICIT',
  timeWindowStart: '2025-12-20T00:00:00',
  timeWindowEnd: '2025-12-27T00:00:00',
}

/** A query whose groups have enough users for the thresholds. */
export const reach = `SELECT campaign, SUM(impressions) AS impressions, COUNT(DISTINCT user_id) AS reach
FROM dsp_impressions GROUP BY campaign`

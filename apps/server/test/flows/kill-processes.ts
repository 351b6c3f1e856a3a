import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type AnswerOf, login, refreshSession } from '@recomamp/contracts'
import type { Caller } from './runs.ts'

export interface EmulatorProcess {
  facts: Record<'url' | 'clientId' | 'clientSecret' | 'authorizeUrl' | 'tokenUrl' | 'profileUrl', string>
  kill(): Promise<void>
}

/** Starts the emulator as a process of its own. */
export function startEmulatorProcess(dataDir: string, port: number): Promise<EmulatorProcess> {
  const child: ChildProcess = spawn(
    process.execPath,
    ['packages/amc-emulator/src/main.ts', '--port', String(port), '--data-dir', dataDir],
    { cwd: join(import.meta.dirname, '../../../..'), stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  return new Promise((resolve, reject) => {
    let output = ''
    child.on('exit', (code) => reject(new Error(`the emulator ended with ${code}: ${output}`)))
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (!output.includes('\n')) return
      const kill = () => {
        child.kill('SIGKILL')
        return ended
      }
      resolve({ facts: JSON.parse(output) as EmulatorProcess['facts'], kill })
    })
  })
}

/** Signs in with the provider `amazon`, whose addresses lead to the emulator here. */
export async function signInWithAmazon(baseUrl: string): Promise<Caller> {
  const begin = await fetch(`${baseUrl}${login.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ provider: 'amazon' }),
  })
  const { authorizationUrl } = login.ok.body.parse(await begin.json())
  const consent = await fetch(`${authorizationUrl}&auto_approve=ana`, { redirect: 'manual' })
  const callback = await fetch(consent.headers.get('location') ?? '', {
    redirect: 'manual',
    headers: { cookie: cookiesOf(begin) },
  })
  const renewed = await fetch(`${baseUrl}${refreshSession.path}`, {
    method: 'POST',
    headers: { cookie: cookiesOf(callback) },
  })
  const { accessToken } = refreshSession.ok.body.parse(await renewed.json())
  return {
    async call(endpoint, request) {
      const { params, query, body, headers } = request as Record<string, Record<string, string> | undefined>
      const path = endpoint.path.replaceAll(/:(\w+)/g, (_, name: string) => params?.[name] ?? '')
      const answer = await fetch(`${baseUrl}${path}?${new URLSearchParams(query).toString()}`, {
        method: endpoint.method,
        headers: {
          ...headers,
          authorization: `Bearer ${accessToken}`,
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      })
      if (!answer.ok) throw new Error(`${endpoint.path} answered ${answer.status}: ${await answer.text()}`)
      return endpoint.ok.body.parse(await answer.json()) as AnswerOf<typeof endpoint>
    },
  }
}

function cookiesOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((line) => line.replace(/;.*/s, ''))
    .join('; ')
}

/** A port that is free now; fixed ports let people and emulator keep their addresses over a restart. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

import * as api from '@recomamp/contracts'
import { type Person, type Send, programAt, signInAt } from '@recomamp/testkit'
import { renewTogether } from '../renewal.ts'
import { type Tally, patientSend } from './patient-send.ts'

/** Somebody with a browser and a program, both at an address of their own. */
export interface Somebody {
  readonly name: string
  readonly address: string
  readonly browser: Person
  readonly program: Person
}

/** Ana and Ben share a workspace, Cleo has her own. */
export interface Crowd {
  readonly people: readonly [ana: Somebody, ben: Somebody, cleo: Somebody]
  close(): void
}

/** Signs the three in through the proxy and makes a token for a program of each. */
export async function gatherCrowd(baseUrl: string, tally: Tally): Promise<Crowd> {
  const sends: ReturnType<typeof patientSend>[] = []
  const arrive = async (name: string, address: string) => {
    const send = patientSend(address, tally)
    sends.push(send)
    return { name, address, send, browser: renewing(await signInAt(baseUrl, name, 'amazon', { send })) }
  }
  const [ana, ben, cleo] = [
    await arrive('ana', '127.0.0.11'),
    await arrive('ben', '127.0.0.12'),
    await arrive('cleo', '127.0.0.13'),
  ]
  const { secret } = await ana.browser.call(api.invite, { body: { role: 'analyst' } })
  await ben.browser.call(api.acceptInvitation, { body: { secret } })
  await ben.browser.renew()
  return {
    people: [await withProgram(ana, baseUrl), await withProgram(ben, baseUrl), await withProgram(cleo, baseUrl)],
    close: () => sends.forEach((send) => send.close()),
  }
}

async function withProgram(
  { send, ...who }: Omit<Somebody, 'program'> & { send: Send },
  baseUrl: string,
): Promise<Somebody> {
  const { secret } = await who.browser.call(api.createToken, {
    body: { name: 'program', scopes: ['read', 'write'], days: 1 },
  })
  return { ...who, program: programAt(baseUrl, secret, send) }
}

/** As the web app does: an access token that has ended is renewed, and the request sent again. */
function renewing(person: Person): Person {
  const { fetch } = person
  person.fetch = async (path, init) => {
    const { accessToken } = person
    const answer = await fetch(path, init)
    if (answer.status !== 401 || path === api.refreshSession.path) return answer
    if (accessToken === person.accessToken) await renewTogether(person)
    return fetch(path, init)
  }
  return person
}

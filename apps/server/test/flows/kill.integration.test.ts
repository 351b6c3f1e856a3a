import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { eventually, freePort, freshDataDir, signInAt, startServerProcess } from '@recomamp/testkit'
import { expect, test } from 'vitest'
import { startEmulatorProcess } from './kill-processes.ts'
import { beginStory, throwAwayWithCopy } from './kill-story.ts'

/** Quick to come back. */
const quick = {
  EXECUTION_SETTLE_SECONDS: '4',
  EXECUTION_POLL_INTERVAL_SECONDS: '1',
  LOG_LEVEL: 'info',
}
/** Kills of each test, spread over submitting, polling and fetching by turns. */
const kills = 6

test.concurrent(
  'F-44, S-148: kill -9 of the server with the emulator inside: every execution ends right and ran once, and a copy that is to go at AMC goes',
  { timeout: 600_000 },
  async () => {
    const folder = await freshDataDir()
    const [port, emulatorPort] = [await freePort(), await freePort()]
    const start = () =>
      startServerProcess({ ...quick, DATA_DIR: folder, PORT: String(port), EMULATOR_PORT: String(emulatorPort) })
    // A process that is killed leaves no compiled code behind.
    await (await start()).stop('SIGTERM')
    let server = await start()
    try {
      const person = await signInAt(server.url, 'ana')
      const story = await beginStory(person, `http://127.0.0.1:${emulatorPort}`)
      const copies = await throwAwayWithCopy(person)
      expect((await copies())[0]?.state).toBe('removing')
      expect(story.expected.length).toBeGreaterThan(3)
      for (let round = 0; round < kills; round += 1) {
        await story.reachMoment(round, () => server.output())
        await server.stop('SIGKILL')
        server = await start()
      }
      const right = { status: 'completed', failure: null, rows: story.expected, accepted: 1 }
      expect(await story.endings()).toEqual(Array.from({ length: 2 * kills }, () => right))
      expect(Object.values(story.met)).not.toContain(0)
      await eventually(async () => (await copies()).length === 0)
    } finally {
      await server.stop('SIGKILL')
      await rm(folder, { recursive: true, force: true })
    }
  },
)

test.concurrent(
  'F-44: kill -9 of the server, and of the emulator alone: every execution ends right and ran once',
  { timeout: 600_000 },
  async () => {
    const folder = await freshDataDir()
    const [port, emulatorPort] = [await freePort(), await freePort()]
    const startEmulator = () => startEmulatorProcess(join(folder, 'amc'), emulatorPort)
    let emulator = await startEmulator()
    const { clientId, clientSecret, authorizeUrl, tokenUrl, profileUrl, url } = emulator.facts
    const start = () =>
      startServerProcess({
        ...quick,
        DATA_DIR: folder,
        PORT: String(port),
        EMULATOR: 'off',
        AMAZON_CLIENT_ID: clientId,
        AMAZON_CLIENT_SECRET: clientSecret,
        AMAZON_AUTHORIZE_URL: authorizeUrl,
        AMAZON_TOKEN_URL: tokenUrl,
        AMAZON_PROFILE_URL: profileUrl,
        AMAZON_ADS_API_URL: url,
      })
    let server = await start()
    try {
      const story = await beginStory(await signInAt(server.url, 'ana', 'amazon'), url)
      expect(story.expected.length).toBeGreaterThan(3)
      for (let round = 0; round < kills; round += 1) {
        await story.reachMoment(round, () => server.output())
        if (round % 2 === 0) {
          await emulator.kill()
          emulator = await startEmulator()
        } else {
          await server.stop('SIGKILL')
          server = await start()
        }
      }
      const right = { status: 'completed', failure: null, rows: story.expected, accepted: 1 }
      expect(await story.endings()).toEqual(Array.from({ length: 2 * kills }, () => right))
      expect(Object.values(story.met)).not.toContain(0)
    } finally {
      await server.stop('SIGKILL')
      await emulator.kill()
      await rm(folder, { recursive: true, force: true })
    }
  },
)

import { defineConfig } from 'vitest/config'
import SlowFirst from './scripts/slow-first.ts'

/** More than there are cores: most of these tests wait, for a server, a lease or a browser. Alike, so that both kinds run side by side. */
const waiting = { sequence: { groupOrder: 1 }, maxWorkers: 4 }

/** `unit`: pure and fast, no network, no database. `integration`: real database, HTTP, emulator. `browser`: a real Chromium. */
export default defineConfig({
  test: {
    sequence: { sequencer: SlowFirst },
    projects: [
      {
        test: {
          name: 'unit',
          sequence: { groupOrder: 0 },
          include: ['packages/**/*.test.ts', 'apps/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/*.integration.test.ts', '**/*.browser.test.ts'],
          isolate: false,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'integration',
          ...waiting,
          include: ['**/*.integration.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 120_000,
          expect: { poll: { timeout: 30_000 } },
          hookTimeout: 120_000,
          // Each has a server of its own.
          maxConcurrency: 3,
        },
      },
      {
        test: {
          name: 'browser',
          ...waiting,
          include: ['**/*.browser.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 180_000,
          expect: { poll: { timeout: 30_000 } },
          hookTimeout: 180_000,
        },
      },
    ],
  },
})

import { defineConfig } from 'vitest/config'
import SlowFirst from './scripts/slow-first.ts'

/** More workers than there are cores: many of these tests wait, for a server, a lease or a browser. Alike, so that both kinds run side by
 *  side. Not isolated, because each file would load and warm up the whole server anew: a file leaves nothing behind in its modules. */
const waiting = { sequence: { groupOrder: 1 }, maxWorkers: 3, isolate: false }

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
          maxWorkers: 2,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'integration',
          ...waiting,
          include: ['**/*.integration.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 240_000,
          expect: { poll: { timeout: 30_000 } },
          hookTimeout: 240_000,
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
          testTimeout: 360_000,
          expect: { poll: { timeout: 30_000 } },
          hookTimeout: 360_000,
        },
      },
    ],
  },
})

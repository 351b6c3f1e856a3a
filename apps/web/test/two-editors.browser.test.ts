import { expect, test } from 'vitest'
import { interleave, openBrowsers } from './drafts/two-editors.ts'
import { openStage } from './stage.ts'

test(
  'S-108 F-19: two editors of one query, killed tabs and killed servers by chance: no text older than a second is lost or written over',
  { timeout: 600_000 },
  async () => {
    await using stage = await openStage()
    const browsers = await openBrowsers(stage)
    for (let seed = 1; seed <= 10; seed += 1) {
      const { lost, texts, steps } = await interleave(stage, browsers, seed)
      expect(lost, steps.join(', ')).toEqual([])
      expect(texts[1], steps.join(', ')).toBe(texts[0])
    }
  },
)

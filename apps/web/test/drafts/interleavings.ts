import { openStage, sharedChromium } from '../stage.ts'
import { interleave, openBrowsers } from './two-editors.ts'

/** `interleavings.ts COUNT SEED`: two editors of one query, killed tabs and killed servers, by chance; prints what was typed, merged and
 *  lost, and ends with 1 when anything was lost. */
const [count = NaN, first = NaN] = process.argv.slice(2).map(Number)
if (!Number.isInteger(count) || !Number.isInteger(first) || count < 1) {
  console.error('Usage: interleavings.ts COUNT SEED')
  process.exit(2)
}
await using stage = await openStage()
const browsers = await openBrowsers(stage)
const sum = { typed: 0, merges: 0, tabs: 0, servers: 0, wrong: 0 }
for (let seed = first; seed < first + count; seed += 1) {
  const { steps, typed, merges, lost, texts } = await interleave(stage, browsers, seed)
  sum.typed += typed
  sum.merges += merges
  sum.tabs += steps.filter((step) => /^tab . dies/.test(step)).length
  sum.servers += steps.filter((step) => step === 'server dies').length
  const isWrong = lost.length > 0 || texts[0] !== texts[1]
  if (isWrong) sum.wrong += 1
  if (isWrong) console.log(`seed ${seed}: lost ${lost.join(', ')}\n  ${steps.join('\n  ')}\n${texts.join('\n---\n')}`)
  console.error(`${seed - first + 1} of ${count}`)
}
console.log(
  `${count} interleavings from seed ${first}: ${sum.typed} texts typed, ${sum.tabs} tabs and ${sum.servers} servers killed, ${sum.merges} merges, ${sum.wrong} with a loss`,
)
process.exitCode = sum.wrong === 0 ? 0 : 1
await (await sharedChromium()).close()

import { fuzzServer } from '../apps/server/test/fuzz/fuzz-server.ts'

/** `fuzz-requests.ts COUNT [SEED]`: asks a server of its own for COUNT things that were made from its description; prints the answers by
 *  status, what must never come, and the memory of the server; ends with 1 when something must never come. */
const [count = NaN, seed = 1] = process.argv.slice(2).map(Number)
if (!Number.isInteger(count) || !Number.isInteger(seed) || count < 1) {
  console.error('Usage: fuzz-requests.ts COUNT [SEED]')
  process.exit(2)
}

const began = performance.now()
const { statuses, slowestMs, memory, faults } = await fuzzServer(count, seed, (line) => console.error(line))
const seconds = Math.round((performance.now() - began) / 1000)
console.log(`${count} requests from seed ${seed} in ${seconds} s, slowest answer ${Math.round(slowestMs)} ms`)
for (const [status, times] of Object.entries(statuses)) console.log(`  ${status}: ${times}`)
const quarters = [0, 1, 2, 3].map((at) => memory.slice((at * memory.length) / 4, ((at + 1) * memory.length) / 4))
console.log(`memory at most, by quarters: ${quarters.map((part) => `${Math.max(0, ...part)} MB`).join(', ')}`)
for (const { at, request, answer } of faults) console.log(`\n#${at} ${request}\n  → ${answer}`)
console.log(`\nmust never come: ${faults.length}`)
process.exit(faults.length === 0 ? 0 : 1)

import { parentPort, workerData } from 'node:worker_threads'

/** What a thread of its own asks for, again and again. */
export interface Asked {
  url: string
  accessToken: string
  rounds: number
}

const { url, accessToken, rounds } = workerData as Asked
const spent: number[] = []
for (let round = 0; round < rounds; round += 1) {
  const began = performance.now()
  const answer = await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } })
  await answer.arrayBuffer()
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`)
  spent.push(performance.now() - began)
}
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread of Node has no origin
parentPort?.postMessage(spent)

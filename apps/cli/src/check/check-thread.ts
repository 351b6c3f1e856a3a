import { parentPort, workerData } from 'node:worker_threads'
import { type FileOptions, type FileToCheck, checkFile } from './check-file.ts'

const port = parentPort
if (port === null) throw new Error('check-thread.ts runs in a worker thread only')

const options: FileOptions = workerData

port.on('message', (files: FileToCheck[]) => void answer(files))

async function answer(files: FileToCheck[]): Promise<void> {
  const checked = await Promise.all(files.map((file) => checkFile(file, options)))
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread is no window
  port?.postMessage(checked)
}

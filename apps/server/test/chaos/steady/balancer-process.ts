import { startBalancer } from './balancer.ts'

/** `balancer-process.ts PORT SERVER…`: the proxy as a process of its own, which says when it listens. */
const [port = 0, ...servers] = process.argv.slice(2).map(Number)
await startBalancer(port, servers)
console.log('ready')

import { expect, test } from 'vitest'
import { isReachable } from './reachable.ts'

test.each([
  ['93.184.216.34', true],
  ['2606:2800:220:1:248:1893:25c8:1946', true],
  ['127.0.0.1', false],
  ['10.1.2.3', false],
  ['172.16.0.1', false],
  ['192.168.1.1', false],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['0.0.0.0', false],
  ['255.255.255.255', false],
  ['224.0.0.1', false],
  ['192.0.0.192', false],
  ['198.18.0.1', false],
  ['::1', false],
  ['::', false],
  ['::ffff:127.0.0.1', false],
  ['::ffff:93.184.216.34', true],
  ['::127.0.0.1', false],
  ['64:ff9b::7f00:1', false],
  ['2002:7f00:1::', false],
  ['2001:0:7f00:1::', false],
  ['fd00:ec2::254', false],
  ['fe80::1', false],
  ['fe80::1%eth0', false],
  ['ff02::1', false],
  ['localhost', false],
  ['', false],
])('an address that is not public is not reached: %s', (address, expected) => {
  expect(isReachable(address, 'https:', [])).toBe(expected)
})

test('without TLS only listed networks are reached; a list opens what it names and nothing beside it', () => {
  expect(isReachable('93.184.216.34', 'http:', [])).toBe(false)
  const networks = ['10.0.0.0/8', '127.0.0.1', 'fd00::/8']
  for (const address of ['10.200.0.1', '127.0.0.1', '::ffff:10.0.0.1', 'fd12::1'])
    for (const protocol of ['http:', 'https:']) expect(isReachable(address, protocol, networks)).toBe(true)
  for (const address of ['127.0.0.2', '192.168.0.1', '::1', 'fe80::1', '169.254.169.254'])
    expect(isReachable(address, 'https:', networks)).toBe(false)
})

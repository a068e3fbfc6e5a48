/** What the gateway measures in time: how fast somebody may send, and how long a ticket is good for. */
import { describe, expect, it } from 'vitest'
import {
  FRAME_MAX_BYTES,
  HELLO_DEADLINE_MS,
  LEASE_RENEW_BEFORE_MS,
  RENEW_AT_ONCE_MS,
  TOKEN_BYTES,
} from '@auzolan/shared/limits.ts'
import * as Y from 'yjs'
import { JOURNAL } from '@auzolan/server/src/container.ts'
import { Lease } from '@auzolan/server/src/gateway/lease.ts'
import { TokenBucket, tokensFor } from '@auzolan/server/src/token-bucket.ts'
import { startHere } from '../support/in-process.ts'
import { hello, openWire } from '../support/wire.ts'

describe('[W6] the rate of one connection', () => {
  it('lets a burst through, then one after the other, and never says no', () => {
    let now = 0
    const bucket = new TokenBucket(40, 200, () => now)
    const waits = Array.from({ length: 240 }, () => bucket.take())
    expect(waits.slice(0, 200).every((wait) => wait === 0)).toBe(true)
    expect(waits[200]).toBe(25)
    expect(waits[239]).toBe(1000)
    now = 1000
    expect(bucket.take()).toBe(25)
  })
  it.each([
    [1, 1],
    [TOKEN_BYTES - 1, 1],
    [TOKEN_BYTES, 2],
    [FRAME_MAX_BYTES, 33],
  ])('counts an update of %i bytes as %i', (bytes, tokens) => {
    expect(tokensFor(bytes)).toBe(tokens)
  })
  it('makes whoever sends much wait for as much', () => {
    const bucket = new TokenBucket(40, 200, () => 0)
    expect([bucket.take(200), bucket.take(33)]).toEqual([0, (33 / 40) * 1000])
  })
  it('gives the burst back after a pause, and no more than that', () => {
    let now = 0
    const bucket = new TokenBucket(40, 200, () => now)
    for (let i = 0; i < 200; i++) bucket.take()
    now = 3_600_000
    const waits = Array.from({ length: 201 }, () => bucket.take())
    expect(waits.filter((wait) => wait > 0)).toHaveLength(1)
  })
})

describe('[A6] a lease', () => {
  const MINUTE = 60_000
  const leaseOf = (ms = 10 * MINUTE): { lease: Lease; at: (ms: number) => void } => {
    let now = 0
    return { lease: new Lease(ms, () => now), at: (ms) => void (now = ms) }
  }
  it('asks once for a fresh ticket, well before its end, and ends', () => {
    const { lease, at } = leaseOf()
    at(10 * MINUTE - LEASE_RENEW_BEFORE_MS - 1)
    expect(lease.due()).toBe('nothing')
    at(10 * MINUTE - LEASE_RENEW_BEFORE_MS)
    expect([lease.due(), lease.due()]).toEqual(['ask', 'nothing'])
    at(10 * MINUTE - 1)
    expect(lease.due()).toBe('nothing')
    at(10 * MINUTE)
    expect(lease.due()).toBe('over')
  })
  it('begins again with a fresh ticket', () => {
    const { lease, at } = leaseOf()
    at(9 * MINUTE)
    lease.due()
    lease.renewed()
    at(18 * MINUTE)
    expect(lease.due()).toBe('ask')
    expect(lease.leftMs).toBe(MINUTE)
  })
  it('that is suspended takes nothing and ends soon, unless a fresh ticket comes', () => {
    const { lease, at } = leaseOf()
    lease.suspend()
    expect(lease.suspended).toBe(true)
    at(RENEW_AT_ONCE_MS - 1)
    expect(lease.due()).toBe('nothing')
    at(RENEW_AT_ONCE_MS)
    expect(lease.due()).toBe('over')
    lease.renewed()
    expect([lease.suspended, lease.due()]).toEqual([false, 'nothing'])
  })
  it('that is short asks after half of it', () => {
    const { lease, at } = leaseOf(2_000)
    at(999)
    expect(lease.due()).toBe('nothing')
    at(1_000)
    expect(lease.due()).toBe('ask')
  })
})

describe('[W1] the deadline of the greeting', () => {
  it('is for whoever says nothing, not for whoever waits for a slow disk', async () => {
    const server = await startHere()
    const plan = await server.plan()
    const spoken = await openWire(server, plan)
    const silent = await openWire(server, plan)
    const pass = await server.ticket('ane', plan)
    let free = (): void => {}
    const slow = server.container
      .resolve(JOURNAL)
      .transact(() => new Promise<void>((resolve) => (free = resolve)))
    spoken.say(hello(pass, [new Y.Doc().clientID]))
    expect(await silent.farewell()).toEqual({ code: 'TICKET_MISSING', closed: 4401 })
    await new Promise((resolve) => setTimeout(resolve, HELLO_DEADLINE_MS / 5))
    expect(spoken.closed()).toBeNull()
    free()
    await slow
    await spoken.heard('welcome')
    await spoken.close()
    await server.stop()
  })
})

import { expect, it, vi } from 'vitest'
import type { Session } from '../../shared/desk.ts'
import { fail, ok } from '../../shared/result.ts'
import type { DeskApi } from '../api.ts'
import { deskClient, Refusal } from './client.ts'

// Two idle minutes, a restart, a customer who starts: the session is over, and nobody must stand before a desk that is dead.

const session = (token: string): Session => ({
  token,
  user: { userId: 'u1', name: '店長', role: 'manager' },
  idleMs: 120_000,
})

function open(answer: (method: string) => unknown = () => ok(null)) {
  const asked: { readonly method: string; readonly input: unknown }[] = []
  const signedOut = vi.fn()
  const api: DeskApi = {
    callDesk: async (method, input) => {
      asked.push({ method, input })
      return (await answer(method)) as never
    },
  }
  return { asked, signedOut, client: deskClient(api, signedOut) }
}

it('the token goes with every call but those for anyone', async () => {
  const { asked, client } = open()
  await client.call('getDoor', {})
  client.enter(session('t1'))
  await client.call('getDesk', {})
  await client.call('getCheckout', { checkoutId: 'c1' })
  await client.call('signIn', { lane: 'main', pin: '123456' })
  expect(asked).toEqual([
    { method: 'getDoor', input: {} },
    { method: 'getDesk', input: { session: 't1' } },
    { method: 'getCheckout', input: { checkoutId: 'c1', session: 't1' } },
    { method: 'signIn', input: { lane: 'main', pin: '123456' } },
  ])
})

it('without a session nothing is asked', async () => {
  const { asked, client } = open()
  expect(await client.call('getDesk', {})).toEqual(fail({ kind: 'signedOut' }))
  client.enter(session('t1'))
  client.leave()
  expect(await client.call('getDesk', {})).toEqual(fail({ kind: 'signedOut' }))
  expect(asked).toEqual([])
})

it('a session that has ended is told once, and its token is forgotten', async () => {
  const { asked, signedOut, client } = open(() => fail({ kind: 'signedOut' }))
  client.enter(session('t1'))
  await Promise.all([client.call('getDesk', {}), client.call('getCheckout', { checkoutId: 'c1' })])
  await client.call('getDesk', {})
  expect(signedOut).toHaveBeenCalledTimes(1)
  expect(asked).toHaveLength(2)
})

it('a late answer to an older session does not end the new one', async () => {
  let answerLate: (answer: unknown) => void = () => {}
  const { signedOut, client, asked } = open(method =>
    method === 'getDesk' ? new Promise(resolve => (answerLate = resolve)) : ok(null),
  )
  client.enter(session('t1'))
  const late = client.call('getDesk', {})
  client.leave()
  client.enter(session('t2'))
  answerLate(fail({ kind: 'signedOut' }))
  await late
  expect(signedOut).not.toHaveBeenCalled()
  await client.call('getCheckout', { checkoutId: 'c1' })
  expect(asked.at(-1)?.input).toEqual({ checkoutId: 'c1', session: 't2' })
})

it('other failures end nothing, and are thrown to whoever only wants the answer', async () => {
  const { signedOut, client } = open(() => fail({ kind: 'hostAway' }))
  client.enter(session('t1'))
  await expect(client.ask('getDesk', {})).rejects.toEqual(new Refusal({ kind: 'hostAway' }))
  expect(signedOut).not.toHaveBeenCalled()
})

import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStateFile, StateFileError } from './stateFile.ts'
import { START_MS, TestTill } from './testTill.ts'

// The simulator dies and comes back: what PayPay had on its books is still there.

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaikei-state-'))
  path = join(folder, 'paypay.jsonl')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A simulator that goes on with the file; `kill` leaves it as a power cut would. */
function start() {
  const state = openStateFile(path)
  const till = new TestTill({
    book: state.book,
    onChanges: changes => state.append(changes),
    seed: Math.random() * 1e9,
  })
  return { till, kill: () => state.close() }
}

async function fill(till: TestTill) {
  await till.sell('paid')
  const { paymentId } = await till.sell('refunded', 1_000)
  await till.refund('r1', paymentId, 1_000)
  await till.sell('cancelled')
  till.switch({ cancelTakesMs: 20_000 })
  await till.cancel('cancelled')
  await till.cancel('parked')
  await till.createCode('deleted')
  await till.deleteCode(till.newestCodeId())
  await till.createCode('waiting')
}

describe('after a restart', () => {
  it('codes, payments, refunds and cancels are as they were', async () => {
    const before = start()
    await fill(before.till)
    before.kill()
    const after = start()
    expect(after.till.simulator.bookReport()).toEqual(before.till.simulator.bookReport())
    expect(after.till.simulator.codes()).toEqual(before.till.simulator.codes())
    expect((await after.till.getPayment('waiting')).data).toMatchObject({ status: 'CREATED' })
    expect((await after.till.createCode('paid')).code).toBe('DUPLICATE_DYNAMIC_QR_REQUEST')
    // A cancel that was under way ends at the same moment.
    await after.till.pass(20_000)
    expect((await after.till.getPayment('cancelled')).data).toMatchObject({ status: 'FAILED' })
    // A cancel that was parked still waits for its money.
    await after.till.sell('parked')
    await after.till.pass(20_000)
    expect((await after.till.getPayment('parked')).data).toMatchObject({ status: 'FAILED' })
    after.kill()
  })

  it('the file holds each record once, and goes on from there', async () => {
    const before = start()
    await fill(before.till)
    before.kill()
    const longBytes = statSync(path).size
    start().kill()
    expect(statSync(path).size).toBeLessThan(longBytes)
    const once = readFileSync(path, 'utf8')
    start().kill()
    expect(readFileSync(path, 'utf8')).toBe(once)
  })
})

describe('a file that is not whole', () => {
  it('a torn last line is dropped: nobody had an answer to it', async () => {
    const { till, kill } = start()
    await till.createCode('whole')
    await till.createCode('torn')
    kill()
    const text = readFileSync(path, 'utf8')
    for (const bytes of [1, 20, 200]) {
      writeFileSync(path, text.slice(0, -bytes))
      const after = start()
      expect(after.till.simulator.codes().map(code => code.merchantPaymentId)).toEqual(['whole'])
      after.kill()
    }
  })

  it('damage elsewhere is named with its line, and nothing is overwritten', async () => {
    const { till, kill } = start()
    await till.createCode('one')
    kill()
    for (const damage of ['{"kind":"code","record":{}}', '{"kind":"tea"}', 'not json', '\u0000\u0000']) {
      const text = `${damage}\n${readFileSync(path, 'utf8')}`
      const other = join(folder, 'other.jsonl')
      writeFileSync(other, text)
      expect(() => openStateFile(other)).toThrow(StateFileError)
      expect(() => openStateFile(other)).toThrow(/line 1 of the state file .*--state-file/)
      expect(readFileSync(other, 'utf8')).toBe(text)
    }
  })

  it('a place that cannot be written is named', () => {
    mkdirSync(path)
    expect(() => openStateFile(path)).toThrow(/the state file .* cannot be read/)
    expect(() => openStateFile(join(folder, 'no', 'such', 'folder'))).toThrow(/cannot be written/)
  })
})

it('a change that cannot be written down is not made', async () => {
  let full = false
  const till = new TestTill({
    onChanges: () => {
      if (full) throw new Error('the disk is full')
    },
  })
  await till.createCode('one')
  full = true
  await expect(till.createCode('two')).rejects.toThrow('the disk is full')
  expect(till.simulator.codes()).toHaveLength(1)
})

it('a file from before there were preauthorisations and users is opened, and means the same', async () => {
  // Lines as the first versions wrote them.
  const code = {
    codeId: '04-old',
    merchantPaymentId: 'old',
    url: 'https://qr-stg.sandbox.paypay.ne.jp/28180104old',
    deeplink: 'paypay://payment',
    amountYen: 160,
    createdAtMs: START_MS - 60_000,
    expiryDateS: START_MS / 1_000 + 240,
    scannedAtMs: START_MS - 1_000,
    deletedAtMs: null,
    order: { requestedAt: START_MS / 1_000 - 60 },
  }
  const payment = {
    merchantPaymentId: 'old',
    codeId: '04-old',
    amountYen: 160,
    paymentId: '00000000000000000007',
    payable: true,
    cancelAcceptedAtMs: null,
    history: [{ atMs: START_MS - 1_000, status: 'COMPLETED' }],
  }
  const lines = [
    { kind: 'code', record: code },
    { kind: 'payment', record: payment },
    { kind: 'parkedCancel', record: { merchantPaymentId: 'later', atMs: START_MS } },
  ]
  writeFileSync(path, lines.map(line => `${JSON.stringify(line)}\n`).join(''))
  const { till, kill } = start()
  expect((await till.getPayment('old')).data).toMatchObject({
    status: 'COMPLETED',
    acceptedAt: START_MS / 1_000 - 1,
    captures: null,
    expiresAt: null,
  })
  expect((await till.refund('r', payment.paymentId, 160)).status).toBe(200)
  expect(till.simulator.bookReport()).toMatchObject({ capturedYen: 160, returnedYen: 160, blockedYen: 0 })
  kill()
})

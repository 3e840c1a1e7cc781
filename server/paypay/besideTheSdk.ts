import { documented } from '../../core/paypay/opa/documented.ts'
import { examples } from '../../core/paypay/opa/examples.ts'
import { makeCertificates } from '../../simulator/certificates.ts'
import { type SdkAnswer, startSdk } from '../../simulator/sdkPeer.ts'
import { type BrokenWire, brokenWires, openWire, type Whole } from './brokenWires.ts'

/**
 * What PayPay's own Node SDK makes of each broken wire, as the rows of a table in docs/paypay.md: `node server/paypay/besideTheSdk.ts`.
 * Ours is held by wires-that-break.test.ts.
 */

/** Longer than any timeout that PayPay recommends. */
const PATIENCE_MS = 45_000

const certificates = await makeCertificates()
const strangers = await makeCertificates()
const rows = await Promise.all(brokenWires.map(async wire => [wire, await throughSdk(wire)] as const))
certificates.discard()
strangers.discard()
process.stdout.write('| the wire | PayPay’s SDK 2.2.0 hands its caller | Kaikei |\n|---|---|---|\n')
for (const [wire, theirs] of rows)
  process.stdout.write(
    `| ${wire.name} | ${theirs} | \`${wire.kind}\`${wire.hangs ? ' at the timeout' : ''} |\n`,
  )
// Those that hang would keep this process.
process.exit(0)

async function throughSdk(wire: BrokenWire): Promise<string> {
  // The process of the SDK may speak to this machine alone, names included.
  if (wire.break.at === 'name') return 'not tried'
  const forged = wire.break.at === 'certificate'
  const running = await openWire(wire, forged ? strangers : certificates, wholeAnswer)
  const sdk = await startSdk({
    apiKey: 'key',
    apiSecret: 'secret',
    paypayUrl: running.baseUrl,
    caFile: certificates.caFile,
  })
  const asked = sdk.call('GetCodePaymentDetails', [examples.getPayment.merchantPaymentId])
  const patience = new Promise<null>(resolve => setTimeout(resolve, PATIENCE_MS, null))
  const answer = await Promise.race([asked, patience])
  return answer === null ? `**nothing for ${PATIENCE_MS / 1000} s**` : inWords(answer)
}

function inWords({ STATUS, BODY, ERROR }: SdkAnswer): string {
  if (ERROR !== undefined) return `\`{STATUS: ${STATUS}, ERROR}\``
  const status = String(BODY?.data?.status ?? '')
  if (BODY?.resultInfo.code === 'SUCCESS') return `\`{STATUS: ${STATUS}}\`, **SUCCESS ${status}**`
  return BODY ? `\`{STATUS: ${STATUS}}\`, ${BODY.resultInfo.code}` : `\`{STATUS: ${STATUS}, BODY: null}\``
}

function wholeAnswer(): Whole {
  const { status, code, data } = documented.getPayment
  return { status, body: JSON.stringify({ resultInfo: { code, message: code, codeId: '1' }, data }) }
}

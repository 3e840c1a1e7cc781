// PayPay's own Node SDK against the simulator, in a process of its own: its authority comes from NODE_EXTRA_CA_CERTS, which
// Node reads once, at its start. Prints one line of JSON: the status and result code of each call.
const { Conf } = require('@paypayopa/paypayopa-sdk-node/dist/lib/conf')
const sdk = require('@paypayopa/paypayopa-sdk-node')

const { PAYPAY_URL, SDK_SECRET } = process.env
const url = new URL(PAYPAY_URL)
const conf = new Conf({ hostName: 'localhost', portNumber: Number(url.port) })
sdk.Configure({ clientId: 'key', clientSecret: SDK_SECRET, conf })
// The SDK prints hints to standard output; the one line of JSON has to stay alone there.
console.log = () => undefined

const press = async (codeId, act) => {
  const https = require('node:https')
  const request = https.request(`${PAYPAY_URL}/_simulator/codes/${codeId}/${act}`, { method: 'POST' })
  await new Promise((resolve, reject) =>
    request
      .on('response', answer => answer.resume().on('end', resolve))
      .on('error', reject)
      .end(),
  )
}

async function main() {
  const said = {}
  const note = (name, { STATUS, BODY }) => {
    said[name] = [STATUS, BODY?.resultInfo?.code, BODY?.data?.status ?? BODY?.data?.qrStatus ?? null]
    return BODY?.data
  }
  const payload = merchantPaymentId => ({
    merchantPaymentId,
    amount: { amount: 160, currency: 'JPY' },
    codeType: 'ORDER_QR',
    orderDescription: '緑茶',
    isAuthorization: false,
  })
  const paid = note('create', await sdk.QRCodeCreate(payload('sdk-1')))
  note('readUnpaid', await sdk.GetCodePaymentDetails(['sdk-1']))
  if (paid) {
    await press(paid.codeId, 'approve')
    const details = note('readPaid', await sdk.GetCodePaymentDetails(['sdk-1']))
    note(
      'refund',
      await sdk.PaymentRefund({
        merchantRefundId: 'sdk-r1',
        paymentId: details.paymentId,
        amount: { amount: 160, currency: 'JPY' },
        reason: 'test',
      }),
    )
    note('readRefund', await sdk.GetRefundDetails(['sdk-r1']))
    const other = note('createOther', await sdk.QRCodeCreate(payload('sdk-2')))
    note('delete', await sdk.QRCodeDelete([other.codeId]))
    note('readDeleted', await sdk.GetCodePaymentDetails(['sdk-2']))
    note('cancel', await sdk.PaymentCancel(['sdk-2']))
  }
  process.stdout.write(`${JSON.stringify(said)}\n`)
}

void main()

import { type ReactNode, useId } from 'react'
import {
  type AnyReceipt,
  RECEIPT_CODE_PREFIX,
  type ReceiptIssuer,
  type ReceiptLine,
  type ReturnReceipt,
} from '../../shared/receipt.ts'
import type { ReceiptTextKey } from '../text/receipt.ts'
import { Qr } from '../ui/qr.tsx'
import { inDays, inMinutes, inYen } from './figures.ts'
import { Names, PaperLocale, receiptText, Words } from './words.tsx'
import './receipt.css'

/** The width of the roll in mm; 48 and 72 of them can be printed on. */
export type PaperMm = 58 | 80

/** A receipt or a return receipt, black on white, as on paper of this width; larger on a screen (`ReceiptCard`). */
export function ReceiptPaper({ receipt, paperMm }: { receipt: AnyReceipt; paperMm: PaperMm }): ReactNode {
  const heading = useId()
  return (
    <PaperLocale value={receipt.locale}>
      <article className="receipt" lang="ja" data-paper={paperMm} aria-labelledby={heading}>
        <Training receipt={receipt} />
        <Heading receipt={receipt} id={heading} />
        <Issuer issuer={receipt.issuer} />
        <Dates receipt={receipt} />
        {receipt.kind === 'return' && (
          <p className="why">
            <Words of={whyReturned[receipt.what]} />
          </p>
        )}
        <Goods receipt={receipt} />
        <Sums receipt={receipt} />
        <Way receipt={receipt} />
        <Foot receipt={receipt} />
        <Training receipt={receipt} />
      </article>
    </PaperLocale>
  )
}

const whyReturned = {
  whole: 'return.whole',
  lines: 'return.lines',
  amount: 'return.amount',
} as const satisfies Record<ReturnReceipt['what'], ReceiptTextKey>

const MARK_OF_REDUCED_RATE = '※'

/** No money moved: nobody may take this for a receipt, wherever it is torn off. */
function Training({ receipt }: { receipt: AnyReceipt }): ReactNode {
  if (receipt.mode === 'production') return null
  return (
    <p className="training-mark">
      <Words of="mark.training" />
    </p>
  )
}

/** It is called an invoice only by somebody who is registered, and about money that moved. */
function Heading({ receipt, id }: { receipt: AnyReceipt; id: string }): ReactNode {
  const { kind, printedBefore } = receipt
  return (
    <header>
      <h2 id={id}>
        <Words of={`heading.${kind}`} />
      </h2>
      {isInvoice(receipt) && receipt.mode === 'production' && (
        <p>
          <Words of={`heading.${kind}Invoice`} />
        </p>
      )}
      {printedBefore > 0 && (
        <p className="reissued">
          <Words of="mark.reissued" values={{ number: printedBefore }} />
        </p>
      )}
    </header>
  )
}

function Issuer({ issuer }: { issuer: ReceiptIssuer }): ReactNode {
  const { name, shop, address, phone, registrationNumber } = issuer
  return (
    <section className="issuer">
      <p className="issuer-name">{name}</p>
      {shop !== null && <p>{shop}</p>}
      {address !== null && <p>{address}</p>}
      {phone !== null && (
        <p>
          <Words of="issuer.phone" /> {phone}
        </p>
      )}
      {registrationNumber !== null && (
        <p>
          <Words of="issuer.registration" /> <span className="whole">{registrationNumber}</span>
        </p>
      )}
    </section>
  )
}

function Dates({ receipt }: { receipt: AnyReceipt }): ReactNode {
  const { locale, saleDate, receiptNumber, claimNumber, issuedAtMs } = receipt
  return (
    <dl className="rows">
      {receipt.kind === 'return' && <Row label="paper.returnDate">{inDays(receipt.returnDate, locale)}</Row>}
      <Row label={receipt.kind === 'sale' ? 'paper.saleDate' : 'paper.originalDate'}>
        {inDays(saleDate, locale)}
      </Row>
      {receipt.kind === 'return' && <Row label="paper.returnNumber">{receipt.returnNumber}</Row>}
      <Row label={receipt.kind === 'sale' ? 'paper.receiptNumber' : 'paper.originalNumber'}>
        {receiptNumber}
      </Row>
      <Row label="paper.claimNumber">{claimNumber}</Row>
      <Row label="paper.issued">{inMinutes(issuedAtMs, locale)}</Row>
    </dl>
  )
}

/** An amount that is given back is no price of the things it is for, so they stand there without theirs. */
function Goods({ receipt }: { receipt: AnyReceipt }): ReactNode {
  const isPriced = receipt.kind === 'sale' || receipt.what !== 'amount'
  return (
    <ol className="bought">
      {receipt.lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a paper is drawn once, and two of its lines may be alike
        <Line key={index} line={line} isPriced={isPriced} />
      ))}
    </ol>
  )
}

function Line({ line, isPriced }: { line: ReceiptLine; isPriced: boolean }): ReactNode {
  const { names, quantity, unitPriceYen, lineYen, isReducedRate } = line
  return (
    <li>
      <span className="thing">
        <Names of={names} mark={isReducedRate ? `\u00a0${MARK_OF_REDUCED_RATE}` : ''} />
        {isPriced && quantity > 1 && (
          <small className="below">
            {inYen(unitPriceYen)} × {quantity}
          </small>
        )}
      </span>
      {isPriced && <span className="line-yen">{inYen(lineYen)}</span>}
    </li>
  )
}

/** Without a registration number no tax is named: whoever is exempt owes none. */
function Sums({ receipt }: { receipt: AnyReceipt }): ReactNode {
  const { taxes, totalYen, lines } = receipt
  return (
    <>
      <dl className="rows grand">
        <Row label={receipt.kind === 'sale' ? 'sum.total' : 'sum.returned'}>{inYen(totalYen)}</Row>
      </dl>
      <dl className="rows">
        {taxes.flatMap(({ ratePercent, totalYen: atRateYen, taxYen }) => [
          <Row key={ratePercent} label="sum.rate" values={{ rate: ratePercent }}>
            {inYen(atRateYen)}
          </Row>,
          isInvoice(receipt) && (
            <Row key={`tax-${ratePercent}`} label="sum.tax" isInside>
              {inYen(taxYen)}
            </Row>
          ),
        ])}
      </dl>
      {lines.some(line => line.isReducedRate) && (
        <p className="remark">
          <Words of="sum.reduced" />
        </p>
      )}
    </>
  )
}

function Way({ receipt }: { receipt: AnyReceipt }): ReactNode {
  return (
    <dl className="rows way-of-money">
      <Row label={receipt.kind === 'sale' ? 'paid.with' : 'paid.back'}>{inYen(receipt.totalYen)}</Row>
      <Row label="paid.id">{receipt.paymentId}</Row>
    </dl>
  )
}

function Foot({ receipt }: { receipt: AnyReceipt }): ReactNode {
  const message = receipt.kind === 'sale' ? receipt.message : null
  return (
    <footer>
      {message !== null && (
        <p>
          <Names of={message} />
        </p>
      )}
      <Qr
        text={`${RECEIPT_CODE_PREFIX}${receipt.checkoutId}`}
        label={receiptText(receipt.locale, 'code.label')}
      />
      <p className="remark">
        <Words of="code.why" />
      </p>
    </footer>
  )
}

function Row(props: {
  label: ReceiptTextKey
  values?: Readonly<Record<string, string | number>>
  /** A part of the row above. */
  isInside?: boolean
  children: ReactNode
}): ReactNode {
  return (
    <div className={props.isInside ? 'inside' : undefined}>
      <dt>
        <Words of={props.label} {...(props.values ? { values: props.values } : {})} />
      </dt>
      <dd>{props.children}</dd>
    </div>
  )
}

function isInvoice(receipt: AnyReceipt): boolean {
  return receipt.issuer.registrationNumber !== null
}

import { type ReactNode, useState } from 'react'
import type { DeskCertificate, DeskCheckout } from '../../shared/desk.ts'
import type { DeskClient } from './client.ts'
import { failureSentence, type Sentence } from './failure-words.ts'
import { saveFile } from './save-file.ts'
import { useDesk } from './text/say.ts'
import './certificate.css'

/** What shows how a checkout ended, read from the ledger when somebody wants to see it, and as a file for whoever checks it. */
export function CertificateOf(props: {
  readonly client: DeskClient
  readonly checkout: DeskCheckout
}): ReactNode {
  const { client, checkout } = props
  const { say } = useDesk()
  const [certificate, setCertificate] = useState<DeskCertificate | null>(null)
  const [told, setTold] = useState<Sentence | null>(null)
  const look = async (): Promise<void> => {
    if (certificate) return setCertificate(null)
    const answer = await client.call('getCertificate', { checkoutId: checkout.checkoutId })
    setTold(answer.ok ? null : failureSentence(answer.failure))
    if (answer.ok) setCertificate(answer.value)
  }
  return (
    <section>
      <div className="tl-head">
        <h3 className="h">{say('cert.title')}</h3>
        <button
          type="button"
          className="dbtn quiet"
          aria-expanded={certificate !== null}
          onClick={() => void look().catch(() => {})}
        >
          {say(certificate ? 'cert.hide' : 'cert.show')}
        </button>
      </div>
      {told && <p role="alert">{say(told.key, told.values)}</p>}
      {certificate && !certificate.given && (
        <>
          <p>{say('cert.not')}</p>
          <p className="cert-line" lang="en">
            {certificate.because}
          </p>
        </>
      )}
      {certificate?.given && (
        <>
          <p>{say('cert.given')}</p>
          <ol className="cert-lines" lang="en">
            {certificate.proof.map(({ seq, says }) => (
              <li className="cert-line num" key={`${seq}-${says}`}>
                {seq}: {says}
              </li>
            ))}
          </ol>
          <button
            type="button"
            className="dbtn"
            onClick={() => saveFile(certificate.file.name, 'application/json', certificate.file.json)}
          >
            {say('cert.save')}
          </button>
        </>
      )}
    </section>
  )
}

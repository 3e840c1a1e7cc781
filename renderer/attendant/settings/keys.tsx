import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { dayAndTime } from '../days.ts'
import { useDesk } from '../text/say.ts'
import type { UpkeepProps } from '../upkeep/pages.tsx'
import { Field, NotYet, Told, toldOf } from '../upkeep/parts.tsx'

/** PayPay's keys: they go in and are tried; what is kept is never shown. */
export function Keys({ client, announce }: UpkeepProps): ReactNode {
  const { locale, say } = useDesk()
  const queries = useQueryClient()
  const asked = useQuery({ queryKey: ['keys'], queryFn: () => client.ask('getKeys', {}) })
  const [apiKey, setApiKey] = useState('')
  const [apiSecret, setApiSecret] = useState('')
  const [merchantId, setMerchantId] = useState('')
  const [told, setTold] = useState<Told | null>(null)
  const [isMoneyOpen, setMoneyOpen] = useState(false)
  const [asking, setAsking] = useState<'set' | 'test' | null>(null)
  const isTyped = apiKey.trim() !== '' && apiSecret.trim() !== ''
  const keys = { apiKey, apiSecret, merchantId: merchantId.trim() === '' ? null : merchantId }

  const test = async (): Promise<void> => {
    if (asking) return
    setAsking('test')
    const answer = await client.call('testKeys', { keys: isTyped ? keys : null })
    setAsking(null)
    if (!answer.ok) return setTold(toldOf(answer.failure))
    const { kind } = answer.value
    setTold({ good: kind === 'right', sentence: { key: `keys.is.${kind}` } })
  }
  const set = async (sameMerchant: boolean): Promise<void> => {
    if (asking || !isTyped) return
    setAsking('set')
    const answer = await client.call('setKeys', { keys, sameMerchant })
    setAsking(null)
    setMoneyOpen(!answer.ok && answer.failure.kind === 'moneyOpen')
    if (!answer.ok) return setTold(toldOf(answer.failure))
    setApiKey('')
    setApiSecret('')
    setMerchantId('')
    queries.setQueryData(['keys'], answer.value)
    setTold({ good: true, sentence: { key: 'up.saved' } })
    announce(say('up.saved'))
  }
  const kept = asked.data?.kept
  return (
    <section className="upkeep-section keys-kept">
      <h3>{say('keys.title')}</h3>
      {asked.data ? (
        <>
          {!asked.data.needed && <p className="upkeep-note">{say('keys.training')}</p>}
          <p>
            {kept
              ? kept.last4 === ''
                ? say('keys.keptShort')
                : say('keys.kept', { last4: kept.last4 })
              : say('keys.none')}{' '}
            {kept?.sinceMs != null &&
              say('keys.since', {
                time: dayAndTime(kept.sinceMs, locale),
                name: kept.by ?? say('keys.imported'),
              })}
          </p>
        </>
      ) : (
        <NotYet error={asked.error} />
      )}
      <div className="upkeep-pairs">
        <Field label={say('keys.apiKey')} value={apiKey} onValue={setApiKey} kind="password" most={512} />
        <Field
          label={say('keys.apiSecret')}
          value={apiSecret}
          onValue={setApiSecret}
          kind="password"
          most={512}
        />
        <Field label={say('keys.merchantId')} value={merchantId} onValue={setMerchantId} most={512} />
      </div>
      <p className="field-hint">{say('keys.hint')}</p>
      <div className="keys-moves">
        <button
          type="button"
          className="dbtn outlined"
          aria-disabled={asking !== null}
          onClick={() => test().catch(() => {})}
        >
          {say('keys.test')}
        </button>
        <button
          type="button"
          className="dbtn outlined"
          aria-disabled={!isTyped || asking !== null}
          onClick={() => set(false).catch(() => {})}
        >
          {say('keys.set')}
        </button>
        {isMoneyOpen && (
          <button
            type="button"
            className="dbtn outlined"
            aria-disabled={!isTyped || asking !== null}
            onClick={() => set(true).catch(() => {})}
          >
            {say('keys.sameMerchant')}
          </button>
        )}
      </div>
      <Told
        told={told}
        isAsking={asking !== null}
        asking={asking === 'test' ? 'keys.testing' : 'up.saving'}
      />
    </section>
  )
}

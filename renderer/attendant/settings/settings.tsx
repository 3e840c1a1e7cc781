import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { LOCALES, type Locale } from '../../../shared/checkout.ts'
import type { Edition, SettingsDocument } from '../../../shared/shopDocuments.ts'
import { useDesk } from '../text/say.ts'
import type { UpkeepProps } from '../upkeep/pages.tsx'
import { Choice, Field, NotYet, Select, Told, toldOf } from '../upkeep/parts.tsx'
import { documentOf, draftOf, faultsOf, type SettingsDraft, saidByPath, toggled, withFirst } from './draft.ts'
import { Hours } from './hours.tsx'
import { Keys } from './keys.tsx'
import './settings.css'

/** What a shop chooses, as one document; and PayPay's keys, which are none of it. */
export function SettingsPage(props: UpkeepProps): ReactNode {
  const { client } = props
  const asked = useQuery({ queryKey: ['settings'], queryFn: () => client.ask('getSettings', {}) })
  if (!asked.data) return <NotYet error={asked.error} />
  // Read again by a press alone: nothing that was typed disappears by itself.
  return <Form key={asked.dataUpdatedAt} {...props} edition={asked.data} />
}

function Form(props: UpkeepProps & { readonly edition: Edition<SettingsDocument> }): ReactNode {
  const { client, state, edition, announce } = props
  const { say } = useDesk()
  const queries = useQueryClient()
  const [revision, setRevision] = useState(edition.revision)
  const [draft, setDraft] = useState(() => draftOf(edition.document))
  const [said, setSaid] = useState<ReadonlyMap<string, string>>(new Map())
  const [told, setTold] = useState<Told | null>(null)
  const [isLate, setLate] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const change = (changes: Partial<SettingsDraft>): void => {
    setDraft({ ...draft, ...changes })
    setTold(null)
    setSaid(new Map())
  }
  const faults = faultsOf(draft)
  const faultAt = (path: string): string | null => {
    const fault = faults.get(path)
    return fault ? say(fault.key, fault.values) : (said.get(path) ?? null)
  }
  const save = async (): Promise<void> => {
    if (faults.size > 0 || isAsking) return
    setAsking(true)
    const answer = await client.call('setSettings', {
      revision,
      document: documentOf(draft, edition.document),
    })
    setAsking(false)
    setLate(!answer.ok && answer.failure.kind === 'changedMeanwhile')
    if (!answer.ok) {
      setTold(toldOf(answer.failure))
      if (answer.failure.kind === 'badDocument') setSaid(saidByPath(answer.failure.faults))
      return
    }
    setRevision(answer.value.revision)
    setTold({ good: true, sentence: { key: 'up.saved' } })
    announce(say('up.saved'))
    queries.invalidateQueries({ queryKey: ['desk'] }).catch(() => {})
  }
  const texts = (field: 'names' | 'tagline', label: string, path: string): ReactNode => (
    <div className="upkeep-pairs">
      {LOCALES.map(language => (
        <Field
          key={language}
          name={`${path}.${language}`}
          label={`${label} (${say(`up.lang.${language}`)})`}
          value={draft[field][language]}
          most={120}
          onValue={text => change({ [field]: { ...draft[field], [language]: text } })}
          fault={faultAt(`${path}.${language}`)}
        />
      ))}
    </div>
  )
  const field = (
    path: string,
    name:
      | 'capYen'
      | 'maxQuantity'
      | 'attendantYen'
      | 'secondPersonAboveYen'
      | 'noren'
      | 'issuer'
      | 'registrationNumber'
      | 'address'
      | 'phone',
    label: string,
    kind: 'text' | 'number' = 'text',
  ): ReactNode => (
    <Field
      name={path}
      kind={kind}
      label={label}
      value={draft[name]}
      onValue={text => change({ [name]: text })}
      fault={faultAt(path)}
    />
  )
  return (
    <div className="upkeep-form">
      <div className="upkeep-body settings">
        <h2>{say('desk.page.settings')}</h2>
        {edition.fault && <p className="upkeep-note is-alarm">{say('up.byHand', { says: edition.fault })}</p>}
        <section className="upkeep-section">
          <h3>{say('set.mode')}</h3>
          <p>{say(`set.mode.${state.mode}`)}</p>
          <p className="field-hint">{say('set.modeHow')}</p>
        </section>
        <section className="upkeep-section">
          <h3>{say('set.shop')}</h3>
          {texts('names', say('set.names'), 'shop.names')}
          {field('shop.noren', 'noren', say('set.noren'))}
          {texts('tagline', say('set.tagline'), 'shop.tagline')}
        </section>
        <section className="upkeep-section">
          <h3>{say('set.hours')}</h3>
          <Hours draft={draft} onChange={change} faultAt={faultAt} />
        </section>
        <section className="upkeep-section">
          <h3>{say('set.languages')}</h3>
          <div className="pick languages-pick">
            {LOCALES.map(language => (
              <button
                key={language}
                type="button"
                className={`dbtn ${draft.languages.includes(language) ? 'is-on' : ''}`}
                aria-pressed={draft.languages.includes(language)}
                aria-disabled={language === 'ja'}
                onClick={() => change({ languages: toggled(draft.languages, language) })}
              >
                {say(`up.lang.${language}`)}
              </button>
            ))}
          </div>
          <Select<Locale>
            label={say('set.rests')}
            options={draft.languages.map(language => [language, say(`up.lang.${language}`)] as const)}
            value={draft.languages[0] ?? 'ja'}
            onValue={first => change({ languages: withFirst(draft.languages, first) })}
            fault={faultAt('languages')}
          />
        </section>
        <section className="upkeep-section">
          <h3>{say('set.sale')}</h3>
          <Choice
            legend={say('set.till')}
            options={[
              ['menu', say('set.till.menu')],
              ['keypad', say('set.till.keypad')],
            ]}
            chosen={draft.till}
            onChoose={till => change({ till })}
          />
          {draft.till === 'keypad' && (
            <Choice
              legend={say('set.keypadTax')}
              options={[
                ['8', say('cat.tax8')],
                ['10', say('cat.tax10')],
              ]}
              chosen={draft.keypadTax}
              onChoose={keypadTax => change({ keypadTax })}
            />
          )}
          <div className="upkeep-pairs">
            {field('capYen', 'capYen', say('set.cap'), 'number')}
            {field('maxQuantity', 'maxQuantity', say('set.maxQuantity'), 'number')}
          </div>
        </section>
        <section className="upkeep-section">
          <h3>{say('set.back')}</h3>
          <div className="upkeep-pairs">
            {field('moneyBack.attendantYen', 'attendantYen', say('set.attendantYen'), 'number')}
            {field('moneyBack.secondPersonAboveYen', 'secondPersonAboveYen', say('set.second'), 'number')}
          </div>
        </section>
        <section className="upkeep-section">
          <h3>{say('set.receipt')}</h3>
          <div className="upkeep-pairs">
            {field('receipt.issuer', 'issuer', say('set.issuer'))}
            {field('receipt.registrationNumber', 'registrationNumber', say('set.registration'))}
            {field('receipt.address', 'address', say('set.address'))}
            {field('receipt.phone', 'phone', say('set.phone'))}
          </div>
          <Choice
            legend={say('set.paper')}
            options={[
              ['none', say('set.paperNone')],
              ['58', say('set.paper58')],
              ['80', say('set.paper80')],
            ]}
            chosen={draft.paperMm}
            onChoose={paperMm => change({ paperMm })}
          />
        </section>
        <Keys {...props} />
      </div>
      <div className="upkeep-foot">
        {faults.size > 0 ? (
          <p className="told is-told" role="status">
            {say('up.wrong', { number: faults.size })}
          </p>
        ) : (
          <Told told={told} isAsking={isAsking} />
        )}
        {isLate && (
          <button
            type="button"
            className="dbtn outlined"
            onClick={() => queries.invalidateQueries({ queryKey: ['settings'] }).catch(() => {})}
          >
            {say('up.reload')}
          </button>
        )}
        <button
          type="button"
          className="dbtn is-go"
          data-save
          aria-disabled={faults.size > 0 || isAsking}
          onClick={() => save().catch(() => {})}
        >
          {say('up.save')}
        </button>
      </div>
    </div>
  )
}

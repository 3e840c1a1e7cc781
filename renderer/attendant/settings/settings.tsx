import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Edition, SettingsDocument, SettingsPath } from '../../../shared/shopDocuments.ts'
import { useDesk } from '../text/say.ts'
import type { UpkeepProps } from '../upkeep/pages.tsx'
import { NotYet, Told, toldOf } from '../upkeep/parts.tsx'
import { documentOf, draftOf, faultsOf, kindOf, saidByPath } from './draft.ts'
import { SECTIONS, SETTINGS_FIELDS, settingsIn } from './fields.ts'
import { Keys } from './keys.tsx'
import { Screens } from './screens.tsx'
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
  const { locale, say } = useDesk()
  const queries = useQueryClient()
  const [revision, setRevision] = useState(edition.revision)
  const [draft, setDraft] = useState(() => draftOf(edition.document))
  const [said, setSaid] = useState<ReadonlyMap<string, string>>(new Map())
  const [told, setTold] = useState<Told | null>(null)
  const [isLate, setLate] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const write = (path: SettingsPath, value: unknown): void => {
    setDraft({ ...draft, [path]: value })
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
  const field = (path: SettingsPath): ReactNode => {
    const { label, hint } = SETTINGS_FIELDS[path]
    const { Draw, limit } = kindOf(path)
    const says = [hint && say(hint), limit && say(limit.key, limit.values)].filter(Boolean)
    return (
      <Draw
        key={path}
        path={path}
        label={say(label)}
        hint={says.join(locale === 'ja' ? '' : ' ')}
        draft={draft[path]}
        onDraft={value => write(path, value)}
        faultAt={faultAt}
        client={client}
      />
    )
  }
  return (
    <div className="upkeep-form">
      <div className="upkeep-body settings">
        <h2>{say('desk.page.settings')}</h2>
        {edition.fault && <p className="upkeep-note is-alarm">{say('up.byHand', { says: edition.fault })}</p>}
        {SECTIONS.map(section => (
          <section className="upkeep-section" key={section} data-section={section}>
            <h3>{say(`set.${section}`)}</h3>
            {section === 'mode' && <p>{say('set.modeNow', { mode: say(`set.mode.${state.mode}`) })}</p>}
            {settingsIn(section).map(field)}
          </section>
        ))}
        <Keys {...props} />
        <Screens {...props} />
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

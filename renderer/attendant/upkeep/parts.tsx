import { type ReactNode, useId } from 'react'
import type { DeskFailure } from '../../../shared/desk.ts'
import { Refusal } from '../client.ts'
import { failureSentence, type Sentence } from '../failure-words.ts'
import { type DeskTextKey, useDesk } from '../text/say.ts'
import { Waiting } from '../waiting.tsx'

/** A field with its name above, and what is wrong with it below. */
export function Field(props: {
  readonly label: string
  readonly value: string
  readonly onValue: (value: string) => void
  readonly fault?: string | null | undefined
  readonly hint?: string
  readonly kind?: 'text' | 'number' | 'time' | 'password'
  readonly name?: string
  readonly most?: number
}): ReactNode {
  const id = useId()
  const { fault, hint, kind = 'text' } = props
  return (
    <label className="field" data-field={props.name}>
      <span className="field-name">{props.label}</span>
      <input
        className="text-field"
        type={kind === 'number' ? 'text' : kind}
        {...(kind === 'number' ? { inputMode: 'numeric' } : {})}
        autoComplete="off"
        spellCheck={false}
        maxLength={props.most ?? 200}
        value={props.value}
        aria-invalid={Boolean(fault)}
        aria-describedby={fault || hint ? `${id}-says` : undefined}
        onChange={event => props.onValue(event.target.value)}
      />
      {(fault || hint) && (
        <span id={`${id}-says`} className={fault ? 'field-fault' : 'field-hint'}>
          {fault || hint}
        </span>
      )}
    </label>
  )
}

/** One of few, each said in words. */
export function Choice<T extends string>(props: {
  readonly legend: string
  readonly name?: string
  readonly options: readonly (readonly [T, string])[]
  readonly chosen: T
  readonly onChoose: (value: T) => void
  readonly fault?: string | null | undefined
}): ReactNode {
  return (
    <fieldset className="choice" data-field={props.name}>
      <legend className="field-name">{props.legend}</legend>
      <div className="pick">
        {props.options.map(([value, text]) => (
          <button
            key={value}
            type="button"
            className={`dbtn ${props.chosen === value ? 'is-on' : ''}`}
            aria-pressed={props.chosen === value}
            data-option={value}
            onClick={() => props.onChoose(value)}
          >
            {text}
          </button>
        ))}
      </div>
      {props.fault && <p className="field-fault">{props.fault}</p>}
    </fieldset>
  )
}

/** One of many. */
export function Select<T extends string>(props: {
  readonly label: string
  readonly name?: string
  readonly options: readonly (readonly [T, string])[]
  readonly value: T
  readonly onValue: (value: T) => void
  readonly fault?: string | null | undefined
}): ReactNode {
  return (
    <label className="field" data-field={props.name}>
      <span className="field-name">{props.label}</span>
      <select
        className="text-field"
        value={props.value}
        onChange={event => {
          const chosen = props.options.find(([value]) => value === event.target.value)
          if (chosen) props.onValue(chosen[0])
        }}
      >
        {props.options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      {props.fault && <span className="field-fault">{props.fault}</span>}
    </label>
  )
}

/** What came of the last press: said once, where it was pressed. */
export function Told(props: {
  readonly told: Told | null
  readonly isAsking: boolean
  readonly asking?: DeskTextKey
}): ReactNode {
  const { say } = useDesk()
  const { told, isAsking } = props
  return (
    <div className="told" role="status">
      {isAsking ? (
        <Waiting>{say(props.asking ?? 'up.saving')}</Waiting>
      ) : (
        told && (
          <p className={told.good ? 'is-good' : 'is-told'}>{say(told.sentence.key, told.sentence.values)}</p>
        )
      )}
    </div>
  )
}

/** The foot of a form: what came of the last press, and the press. */
export function SaveFoot(props: {
  readonly told: Told | null
  readonly isAsking: boolean
  readonly isWrong: boolean
  readonly save: () => Promise<void>
  readonly label: string
}): ReactNode {
  const { told, isAsking, isWrong, save, label } = props
  return (
    <div className="upkeep-foot">
      <Told told={told} isAsking={isAsking} />
      <button
        type="button"
        className="dbtn is-go"
        data-save
        aria-disabled={isWrong || isAsking}
        onClick={() => save().catch(() => {})}
      >
        {label}
      </button>
    </div>
  )
}

export type Told = { readonly good: boolean; readonly sentence: Sentence }

export function toldOf(failure: DeskFailure): Told {
  return { good: false, sentence: failureSentence(failure) }
}

/** While something is not there yet, or cannot be had: why. */
export function NotYet({ error }: { readonly error: Error | null }): ReactNode {
  const { say } = useDesk()
  if (!error)
    return (
      <p className="upkeep-wait">
        <Waiting>{say('desk.loading')}</Waiting>
      </p>
    )
  const failure = error instanceof Refusal ? error.failure : ({ kind: 'hostAway' } as const)
  const { key, values } = failureSentence(failure)
  return (
    <p className="upkeep-wait is-told" role="alert">
      {say(key, values)}
    </p>
  )
}

/** What is written in a field of numbers, as a number; NaN for anything else. Full-width figures count. */
export function numberIn(text: string): number {
  const plain = text.normalize('NFKC').replaceAll(',', '').trim()
  return /^\d{1,12}$/.test(plain) ? Number(plain) : Number.NaN
}

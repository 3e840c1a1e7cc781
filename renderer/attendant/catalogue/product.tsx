import { type ReactNode, useState } from 'react'
import { LOCALES, localText } from '../../../shared/checkout.ts'
import type { DeskFailure } from '../../../shared/desk.ts'
import { type CatalogueDocument, MOST_PICTURE_BYTES } from '../../../shared/shopDocuments.ts'
import type { DeskClient } from '../client.ts'
import { useDesk } from '../text/say.ts'
import { Choice, Field, SaveFoot, Select, type Told, toldOf } from '../upkeep/parts.tsx'
import type { SaveCatalogue } from './catalogue.tsx'
import { faultsOf, type ProductDraft, previewOf, saidOf, withProduct } from './draft.ts'

/** One product: checked as it is typed, kept with one press. */
export function ProductForm(props: {
  readonly client: DeskClient
  readonly document: CatalogueDocument
  readonly pictures: readonly string[]
  readonly start: ProductDraft
  readonly isNew: boolean
  readonly onSave: SaveCatalogue
  readonly onDone: (id: string | null) => void
  readonly back: ReactNode
}): ReactNode {
  const { document, start, isNew, onSave } = props
  const { locale, say } = useDesk()
  const [draft, setDraft] = useState(start)
  const [isTouched, setTouched] = useState(!isNew)
  const [told, setTold] = useState<Told | null>(null)
  const [said, setSaid] = useState<string | null>(null)
  const [isAsking, setAsking] = useState(false)
  const [isRemoving, setRemoving] = useState(false)
  const change = (changes: Partial<ProductDraft>): void => setDraft({ ...draft, ...changes })
  const faults = faultsOf(draft, document)
  const faultOf = (field: keyof typeof faults): string | null => {
    const fault = faults[field]
    return isTouched && fault ? say(fault.key, fault.values) : null
  }
  const isWrong = Object.keys(faults).length > 0
  const preview = previewOf(draft)

  const keep = async (changed: CatalogueDocument): Promise<boolean> => {
    setAsking(true)
    const failure = await onSave(changed)
    setAsking(false)
    setTold(failure ? toldOf(failure) : { good: true, sentence: { key: 'cat.sold' } })
    setSaid(failure?.kind === 'badDocument' ? saidOf(failure.faults, changed, draft.id) : null)
    return failure === null
  }
  const save = async (): Promise<void> => {
    setTouched(true)
    if (isWrong || isAsking) return
    if (await keep(withProduct(document, draft))) props.onDone(draft.id)
  }
  const remove = async (): Promise<void> => {
    if (!isRemoving) return setRemoving(true)
    const products = document.products.filter(one => one.id !== draft.id)
    if (await keep({ ...document, products })) props.onDone(null)
  }
  return (
    <>
      <div className="upkeep-body">
        {props.back}
        <h2>
          {isNew
            ? say('cat.new')
            : localText(document.products.find(one => one.id === start.id)?.names ?? { ja: '' }, locale)}
        </h2>
        <div className="upkeep-pairs">
          {LOCALES.map(language => (
            <Field
              key={language}
              name={`names.${language}`}
              label={`${say('cat.names')} (${say(`up.lang.${language}`)})`}
              value={draft.names[language]}
              most={100}
              onValue={text => change({ names: { ...draft.names, [language]: text } })}
              fault={faultOf(language)}
            />
          ))}
        </div>
        <div className="upkeep-pairs">
          <Field
            name="priceYen"
            kind="number"
            label={say('cat.price')}
            value={draft.price}
            most={14}
            onValue={price => change({ price })}
            fault={
              faultOf('priceYen') ??
              (draft.price !== '' && faults.priceYen
                ? say(faults.priceYen.key, faults.priceYen.values)
                : null)
            }
          />
          <Select
            label={say('cat.category')}
            options={document.categories.map(one => [one.id, localText(one.names, locale)] as const)}
            value={draft.category}
            onValue={category => change({ category })}
            fault={faultOf('category')}
          />
        </div>
        <Choice
          legend={say('cat.tax')}
          options={[
            ['8', say('cat.tax8')],
            ['10', say('cat.tax10')],
          ]}
          chosen={draft.taxRate === 8 ? '8' : '10'}
          onChoose={rate => change({ taxRate: rate === '8' ? 8 : 10 })}
        />
        <p className="price-preview num" aria-live="polite">
          {preview ? say('cat.preview', preview) : ''}
        </p>
        <Picture
          {...props}
          draft={draft}
          onImage={image => change({ image })}
          onFailure={failure => setTold(failure && toldOf(failure))}
        />
        {said && <p className="field-fault said">{said}</p>}
        {!isNew && document.products.length > 1 && (
          <button
            type="button"
            className={`dbtn outlined remove ${isRemoving ? 'is-sure' : ''}`}
            onClick={() => {
              remove().catch(() => {})
            }}
          >
            {say(isRemoving ? 'cat.reallyRemove' : 'cat.remove')}
          </button>
        )}
      </div>
      <SaveFoot told={told} isAsking={isAsking} isWrong={isWrong} save={save} label={say('up.save')} />
    </>
  )
}

/** A picture that lies beside the catalogue, or one from this machine. */
function Picture(props: {
  readonly client: DeskClient
  readonly pictures: readonly string[]
  readonly draft: ProductDraft
  readonly onImage: (image: string | null) => void
  readonly onFailure: (failure: DeskFailure | null) => void
}): ReactNode {
  const { draft, pictures, onImage, onFailure } = props
  const { say } = useDesk()
  const [added, setAdded] = useState<readonly string[]>([])
  const [isAsking, setAsking] = useState(false)
  const upload = async (file: File): Promise<void> => {
    if (file.size > MOST_PICTURE_BYTES) return onFailure({ kind: 'badPicture', why: 'tooBig' })
    setAsking(true)
    const answer = await props.client.call('addPicture', { name: file.name, base64: await base64Of(file) })
    setAsking(false)
    onFailure(answer.ok ? null : answer.failure)
    if (!answer.ok) return
    setAdded([...added, answer.value.name])
    onImage(answer.value.name)
  }
  const names = [...new Set([...pictures, ...added, ...(draft.image === null ? [] : [draft.image])])]
  return (
    <div className="picture">
      <div className="picture-place">
        {draft.image === null ? say('cat.noPicture') : <img src={`/media/${draft.image}`} alt="" />}
      </div>
      <div className="picture-choice">
        <Select
          label={say('cat.picture')}
          options={[['', say('cat.noPicture')] as const, ...names.map(name => [name, name] as const)]}
          value={draft.image ?? ''}
          onValue={name => onImage(name === '' ? null : name)}
        />
        <label className="dbtn outlined upload">
          <input
            type="file"
            accept="image/png,image/jpeg,image/webp"
            onChange={event => {
              const [file] = event.target.files ?? []
              event.target.value = ''
              if (file) upload(file).catch(() => setAsking(false))
            }}
          />
          {say(isAsking ? 'cat.uploading' : 'cat.upload')}
        </label>
      </div>
    </div>
  )
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''))
    reader.onerror = () => reject(reader.error ?? new Error('the file cannot be read'))
    reader.readAsDataURL(file)
  })
}

import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { MOST_PICTURE_BYTES } from '../../../shared/shopDocuments.ts'
import type { DeskClient } from '../client.ts'
import { failureSentence, type Sentence } from '../failure-words.ts'
import { useDesk } from '../text/say.ts'
import { Select } from '../upkeep/parts.tsx'
import './picture.css'

/** A picture that lies beside the catalogue, or one from this machine; what is wrong with it is said beneath it. */
export function PictureField(props: {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly client: DeskClient
  readonly image: string | null
  readonly onImage: (image: string | null) => void
  readonly fault?: string | null
}): ReactNode {
  const { name, label, hint, client, image, onImage } = props
  const { locale, say } = useDesk()
  // What lies there is the catalogue's to say, also for the logo.
  const asked = useQuery({ queryKey: ['catalogue'], queryFn: () => client.ask('getCatalogue', {}) })
  const [added, setAdded] = useState<readonly string[]>([])
  const [asking, setAsking] = useState(false)
  const [wrong, setWrong] = useState<Sentence | null>(null)
  const upload = async (file: File): Promise<void> => {
    setWrong(null)
    const why = await faultOf(file)
    if (why) return setWrong(failureSentence({ kind: 'badPicture', why }))
    setAsking(true)
    const answer = await client
      .call('addPicture', { name: file.name.slice(-100), base64: await base64Of(file) })
      .finally(() => setAsking(false))
    if (!answer.ok) return setWrong(failureSentence(answer.failure))
    setAdded([...added, answer.value.name])
    onImage(answer.value.name)
  }
  const names = [
    ...new Set([...(asked.data?.pictures ?? []), ...added, ...(image === null ? [] : [image])]),
  ].toSorted()
  const fault = wrong ? say(wrong.key, wrong.values) : props.fault
  return (
    <div className="picture" data-field={name}>
      <div className="picture-place">
        {image === null ? say('cat.noPicture') : <img src={`/media/${image}`} alt="" />}
      </div>
      <div className="picture-choice">
        <Select
          label={label}
          options={[['', say('cat.noPicture')] as const, ...names.map(one => [one, one] as const)]}
          value={image ?? ''}
          onValue={chosen => {
            setWrong(null)
            onImage(chosen === '' ? null : chosen)
          }}
        />
        <label className="dbtn outlined upload">
          <input
            type="file"
            accept="image/png,image/jpeg,image/webp"
            onChange={event => {
              const [file] = event.target.files ?? []
              event.target.value = ''
              if (file)
                upload(file).catch(() => setWrong(failureSentence({ kind: 'badPicture', why: 'broken' })))
            }}
          />
          {say(asking ? 'cat.uploading' : 'cat.upload')}
        </label>
        <p className="field-hint">
          {[hint, say('cat.pictureHint')].filter(Boolean).join(locale === 'ja' ? '' : ' ')}
        </p>
        <p className="field-fault" role="status">
          {fault}
        </p>
      </div>
    </div>
  )
}

/** Null: this page can draw it. The kind of a file is core's to say, by its first bytes; whether all of it is there, only drawing shows. */
async function faultOf(file: File): Promise<'notAPicture' | 'tooBig' | 'broken' | null> {
  if (file.size > MOST_PICTURE_BYTES) return 'tooBig'
  if (!['image/png', 'image/jpeg', 'image/webp'].includes(file.type)) return 'notAPicture'
  try {
    const drawn = await createImageBitmap(file)
    drawn.close()
    return null
  } catch {
    return 'broken'
  }
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''))
    reader.onerror = () => reject(reader.error ?? new Error('the file cannot be read'))
    reader.readAsDataURL(file)
  })
}

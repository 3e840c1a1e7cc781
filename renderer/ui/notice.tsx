import type { ReactNode } from 'react'
import type { Notice as NoticeProps } from '../screens/props.ts'
import { type TextKey, texts, useText } from '../text/i18n.ts'
import './notice.css'

/** Why the last touch did nothing, in one sentence, where the eye is. */
export function Notice({ notice }: { notice: NoticeProps }): ReactNode {
  const say = useText()
  const known = notice !== null && Object.hasOwn(texts.ja, notice.key)
  return (
    <p className="notice" role="status">
      {known ? say(notice.key as TextKey, notice.values) : ''}
    </p>
  )
}

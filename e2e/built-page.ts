import { startKaikei, tempDir } from './host.ts'

/** Kaikei builds its page at a start where that is needed. It is started once alone, so that tests never build it twice at once. */
export default async function buildPage(): Promise<void> {
  const data = tempDir()
  const kaikei = startKaikei(['--data-dir', data.path])
  await kaikei.ready()
  await kaikei.end()
  data.remove()
}

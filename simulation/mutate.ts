import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Mutant } from './mutants.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * From now on the engine is loaded with this bug in it; on the disk nothing changes. Throws when a patch does not fit any more: a
 * mutant that changes nothing would survive for ever.
 */
export function loadWith(mutant: Mutant): void {
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context)
      if (!url.startsWith('file:')) return loaded
      const file = fileURLToPath(url).slice(root.length)
      const patches = mutant.patches.filter(patch => patch.file === file)
      if (patches.length === 0) return loaded
      const source = patches.reduce((text, { find, put }) => {
        if (text.split(find).length !== 2)
          throw new Error(
            `mutant ${mutant.name}: in ${file} this stands ${text.split(find).length - 1} times, not once:\n${find}`,
          )
        return text.replace(find, () => put)
      }, String(loaded.source))
      return { ...loaded, source }
    },
  })
}

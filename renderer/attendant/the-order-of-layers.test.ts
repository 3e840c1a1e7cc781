import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

// A page that is loaded later brings its styles in files of their own, and a file that two pages share comes before all others. Whoever
// names a layer first makes it the weakest, so each file of the desk says the order itself.
it('each style file of the desk says the order of the layers before it uses one', () => {
  const files = globSync('**/*.css', { cwd: import.meta.dirname })
  expect(files.length).toBeGreaterThan(10)
  for (const file of files) {
    const first = readFileSync(`${import.meta.dirname}/${file}`, 'utf8').indexOf('@layer')
    expect(readFileSync(`${import.meta.dirname}/${file}`, 'utf8').slice(first), file).toMatch(
      /^@layer ui, screens;/,
    )
  }
})

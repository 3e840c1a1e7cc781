import { createPrivateKey, sign } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { signedText } from '../../shared/updateSignature.ts'

/**
 * `node packaging/electron/sign.ts FOLDER`: beside each `latest*.yml` that electron-builder has written a `.sig`, with the Ed25519 key in
 * KAIKEI_UPDATE_SIGNING_KEY (PEM, PKCS #8). Without a key it says so and signs nothing; tills then refuse the release.
 */
const [folder] = process.argv.slice(2)
const pem = process.env.KAIKEI_UPDATE_SIGNING_KEY ?? ''
if (folder === undefined) end(2, 'usage: node packaging/electron/sign.ts FOLDER')
else if (pem.trim() === '')
  end(0, 'KAIKEI_UPDATE_SIGNING_KEY is empty: nothing is signed, and no till installs this release by itself')
else signAll(folder, pem)

function signAll(folder: string, pem: string): void {
  const key = createPrivateKey(pem)
  if (key.asymmetricKeyType !== 'ed25519')
    throw new Error(`KAIKEI_UPDATE_SIGNING_KEY is a key for ${key.asymmetricKeyType}; it has to be Ed25519`)
  const names = readdirSync(folder).filter(name => /^latest.*\.yml$/.test(name))
  if (names.length === 0) throw new Error(`there is no latest*.yml in ${folder}`)
  for (const name of names) {
    const text = readFileSync(join(folder, name), 'utf8')
    const signature = sign(null, Buffer.from(signedText(name, text)), key).toString('base64')
    writeFileSync(join(folder, `${name}.sig`), `${signature}\n`)
    process.stdout.write(`${name}.sig\n`)
  }
}

function end(code: number, says: string): void {
  process.stderr.write(`${says}\n`)
  process.exitCode = code
}

import type { CustomPublishOptions, UpdateInfo } from 'builder-util-runtime'
import type { AppUpdater } from 'electron-updater/out/AppUpdater.js'
import { GenericProvider } from 'electron-updater/out/providers/GenericProvider.js'
import { type ProviderRuntimeOptions, parseUpdateInfo } from 'electron-updater/out/providers/Provider.js'
import { FeedFault } from '../../core/update/rounds.ts'
import { isSigned } from '../../core/update/signature.ts'
import type { Requests } from './requests.ts'

/**
 * A plain web folder whose `latest-linux.yml` has a `latest-linux.yml.sig` beside it. The text is held against the signature before anything
 * reads it: on Linux electron-updater itself checks only what that file says of the others.
 */
export function signedProvider(
  publicKey: string,
  requests: Requests,
): NonNullable<CustomPublishOptions['updateProvider']> {
  return class extends GenericProvider {
    readonly #folder: URL

    constructor(options: CustomPublishOptions, updater: AppUpdater, runtime: ProviderRuntimeOptions) {
      const url = String(options.url)
      super({ provider: 'generic', url }, updater, runtime)
      this.#folder = new URL(url.endsWith('/') ? url : `${url}/`)
    }

    override async getLatestVersion(): Promise<UpdateInfo> {
      const name = `${this.getDefaultChannelName()}.yml`
      const url = new URL(name, this.#folder)
      const text = await requests.text(url)
      const signature = await requests.text(new URL(`${name}.sig`, this.#folder))
      if (!isSigned({ name, text }, signature, publicKey))
        throw new FeedFault('signature', `${name} is not signed with the key of this till`)
      try {
        return parseUpdateInfo(text, name, url)
      } catch (error) {
        throw new FeedFault('malformed', error instanceof Error ? error.message : String(error))
      }
    }
  }
}

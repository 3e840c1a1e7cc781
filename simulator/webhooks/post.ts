import type { Post } from './deliveries.ts'

/** Over real HTTP. Redirects are not followed: they could lead away from this machine. */
export const postOverHttp: Post = async (url, body, timeoutMs) => {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    await answer.body?.cancel()
    return answer.status
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'refused'
  }
}

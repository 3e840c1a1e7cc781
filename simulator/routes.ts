import { type EndpointName, endpoints } from '../core/paypay/wire.ts'

/** What a request asks for. `readPayment` is GET /v2/payments/{id}, the endpoint that does not know of codes. */
export type Route = { readonly endpoint: EndpointName | 'readPayment'; readonly id: string }

/** Finds the endpoint by method and path (without the query), or null. `id` is the decoded last part, if the path has one. */
export function routeOf(method: string, path: string): Route | null {
  for (const { endpoint, method: routeMethod, pattern } of routes) {
    const found = method === routeMethod ? pattern.exec(path) : null
    if (found) return { endpoint, id: decoded(found[1] ?? '') }
  }
  return null
}

const routes = [
  ...(Object.keys(endpoints) as EndpointName[]).map(endpoint => ({
    endpoint,
    method: endpoints[endpoint].method as string,
    pattern: patternOf(endpoints[endpoint].path),
  })),
  { endpoint: 'readPayment', method: 'GET', pattern: patternOf('/v2/payments/{merchantPaymentId}') } as const,
]

function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replace(/\{\w+\}/, '([^/]*)')}$`)
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

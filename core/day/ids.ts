/** Whether two ids are the same; a spreadsheet program drops the zeros before a number. */
export function isSameId(one: string, other: string): boolean {
  return withoutZeros(one) === withoutZeros(other)
}

function withoutZeros(id: string): string {
  return id.replace(/^0+(?=.)/, '')
}

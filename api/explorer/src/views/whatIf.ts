/** Ids of an address, each once. */
export function idsOf(text: string | null): string[] {
  return [...new Set((text ?? '').split(',').map((id) => id.trim()).filter(Boolean))];
}

export function without(ids: readonly string[], id: string): string[] {
  return ids.filter((one) => one !== id);
}

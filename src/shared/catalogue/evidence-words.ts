/** What comparing one field of two records came to, in words; by field and level. */
export type EvidenceWords = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The words for a level; a level the language has no words for is said by its name. */
export function evidenceIn(words: EvidenceWords, { field, level }: { field: string; level: string }): string {
  return words[field]?.[level] ?? `${field}: ${level}`;
}

/**
 * The same function with its answers kept by what it was asked, for what is dear to make and asked for again and again. Beyond `most`
 * answers it begins anew, so that nobody fills the memory by asking for ever new things.
 */
export function remembered<Answer>(most: number, make: (asked: string) => Answer): (asked: string) => Answer {
  const answers = new Map<string, Answer>();
  return (asked) => {
    const known = answers.get(asked);
    if (known !== undefined) return known;
    const made = make(asked);
    if (answers.size >= most) answers.clear();
    answers.set(asked, made);
    return made;
  };
}

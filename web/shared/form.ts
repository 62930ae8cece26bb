/** What was typed into a field of a form, without the blanks around it. */
export function typedIn(form: HTMLFormElement | FormData, name: string): string {
  const value = (form instanceof FormData ? form : new FormData(form)).get(name);
  return typeof value === 'string' ? value.trim() : '';
}

import type { Profile } from '../evidence/profile.rules.js';
import type { PersonName } from '../normalise/name.rules.js';

/** Between the fields of a profile, and between the values of a list; no normal form holds either. */
const fieldMark = '\x1f';
const valueMark = '\x1e';
const marks = /[\x1e\x1f]/;

/** A profile as a text of a third of its JSON, from which `profileOfText` makes an equal one. */
export function textOfProfile(profile: Profile): string {
  const { name, birth, street } = profile;
  const fields = [
    name ? `${name.generation ?? ''}${valueMark}${name.given.join(valueMark)}` : '',
    name ? name.family.join(valueMark) : '',
    birth ? `${birth.year}-${birth.month}-${birth.day}` : '',
    profile.misdate ?? '',
    profile.emails.join(valueMark),
    profile.phones.join(valueMark),
    profile.devices.join(valueMark),
    profile.boxNames.join(valueMark),
    street ? [street.number, ...street.name].join(valueMark) : '',
    profile.postalCode ?? '',
    profile.locality ?? '',
    profile.nationalId ?? '',
  ];
  return hasMarksOfItsOwn(profile) ? JSON.stringify(profile) : fields.join(fieldMark);
}

/** Whether a value is empty or holds a mark, so that the lists of the text would be read otherwise. */
function hasMarksOfItsOwn({ name, emails, phones, devices, boxNames, street, ...rest }: Profile): boolean {
  const listed = [emails, phones, devices, boxNames, name?.given, name?.family, street?.name];
  const single = [rest.misdate, rest.postalCode, rest.locality, rest.nationalId];
  const isOdd = (value: string | undefined): boolean => value !== undefined && (value === '' || marks.test(value));
  const hasNoWords = street !== undefined && street.number === '' && street.name.length === 0;
  return (
    hasNoWords || marks.test(street?.number ?? '') || single.some(isOdd) || listed.some((list) => list?.some(isOdd))
  );
}

/** The profile that `textOfProfile` made the text of. */
export function profileOfText(text: string): Profile {
  if (text.startsWith('{')) return JSON.parse(text) as Profile;
  const fields = text.split(fieldMark);
  const said = (at: number): string | undefined => (fields[at] === '' ? undefined : fields[at]);
  const [number, ...street] = listOf(fields[8]);
  return {
    name: nameOf(fields[0] ?? '', fields[1]),
    birth: birthOf(fields[2] ?? ''),
    misdate: said(3),
    emails: listOf(fields[4]),
    phones: listOf(fields[5]),
    devices: listOf(fields[6]),
    boxNames: listOf(fields[7]),
    street: number === undefined ? undefined : { name: street, number },
    postalCode: said(9),
    locality: said(10),
    nationalId: said(11),
  };
}

function listOf(field: string | undefined): string[] {
  return field === undefined || field === '' ? [] : field.split(valueMark);
}

function nameOf(given: string, family: string | undefined): PersonName | undefined {
  if (given === '') return undefined;
  const at = given.indexOf(valueMark);
  const name: PersonName = { given: listOf(given.slice(at + 1)), family: listOf(family) };
  if (at > 0) name.generation = given.slice(0, at) as NonNullable<PersonName['generation']>;
  return name;
}

function birthOf(field: string): Profile['birth'] {
  if (field === '') return undefined;
  const [year = 0, month = 0, day = 0] = field.split('-').map(Number);
  return { year, month, day };
}

import { ImportFault } from './import-fault.js';

/** What a column may hold, and how departments head it; compared in lower case without accents, spaces and signs. */
const headings = {
  id: `id customerid custid clientid userid personid memberref recordid sourceid externalid kundenid kundeid idclient idcliente
    contactpersonid guestid`,
  customerNumber: 'customernumber customerno custno clientnumber kundennummer kundennr kdnr crmid numeroclient debitor',
  loyaltyId: `loyaltyid loyaltynumber loyaltyno loyaltycard loyaltycardnumber cardnumber cardno card cardid membernumber memberno
    memberid membershipnumber membershipid kartennummer kartennr bonuskarte mitgliedsnummer numerocarte tarjeta`,
  loyaltyTier: 'loyaltytier tier loyaltylevel memberlevel status level kundenstatus',
  email: 'email emailaddress mail mailaddress mailadresse emailadresse epost courriel correo correoelectronico',
  phone: `phone phonenumber phoneno tel telephone telephonenumber telefon telefonnummer telnr telno fon landline festnetz
    telefono homephone phonehome`,
  mobile:
    'mobile mobilephone mobilenumber mobileno cell cellphone handy handynummer mobil mobiltelefon portable movil gsm',
  name: 'name fullname customername clientname displayname kundenname nomcomplet nombrecompleto',
  givenName: 'givenname firstname forename first vorname prenom nombre voornaam imie',
  middleName: 'middlename secondname middle zweitname',
  familyName: 'familyname lastname surname last nachname familienname nom apellido apellidos achternaam nazwisko',
  birthDate: `birthdate dateofbirth dob birthday birth geburtsdatum geburtstag gebdatum datedenaissance naissance
    fechadenacimiento fechanacimiento`,
  gender: 'gender sex geschlecht sexe sexo',
  language: 'language lang locale sprache langue idioma',
  nationalId: 'nationalid nationalidnumber ssn socsecid personalid nif dni',
  street: 'street streetaddress address address1 addressline1 line1 strasse str anschrift adresse rue direccion calle',
  houseNumber: 'housenumber houseno streetnumber hausnummer hausnr hnr nr',
  postalCode: 'postalcode postcode zip zipcode plz postleitzahl codepostal cp codigopostal',
  city: 'city town locality ort stadt wohnort ville ciudad localidad',
  region: 'region state province county bundesland provincia',
  country: 'country countrycode land pays pais',
  homeStore: 'homestore store storecode filiale stammfiliale',
  ownAssociate: 'ownassociate associate salesperson advisor berater verkaeufer',
  updatedAt: `updatedat lastupdated modifiedat lastmodified changedat updated observedat geaendertam aenderungsdatum`,
  orderId: `orderid ordernumber orderno order orderref invoiceid invoicenumber receiptid receiptnumber receiptno
    bestellnummer bestellnr auftragsnummer rechnungsnummer bonnummer numerocommande`,
  orderDate: `orderdate orderedat purchasedate purchasedat saledate invoicedate receiptdate bestelldatum kaufdatum
    auftragsdatum rechnungsdatum datecommande`,
  orderTotal: `ordertotal total totalamount amount grandtotal revenue value ordervalue sum betrag summe gesamtbetrag
    gesamtsumme umsatz montant importe`,
  orderStatus: 'orderstatus bestellstatus auftragsstatus',
  currency: 'currency currencycode waehrung wahrung devise moneda',
  product: `product productname item itemname article articlename artikel artikelname artikelbezeichnung produkt
    produktname produit producto`,
  productId: 'productid sku articlenumber articleno itemid itemnumber artikelnummer artikelnr',
  productCategory: 'category productcategory kategorie warengruppe',
  quantity: 'quantity qty count pieces menge anzahl stueck quantite cantidad',
  price: 'price unitprice itemprice preis einzelpreis stueckpreis prix precio',
  contactId: 'contactid ticketid caseid callid interactionid kontaktid vorgangsnummer',
  contactDate: 'contactdate contactedat calldate calledat interactiondate interactionat kontaktdatum anrufdatum',
  contactChannel: 'contactchannel channel medium kanal kontaktkanal',
  contactTopic: 'contacttopic topic subject reason betreff thema anlass grund contactreason callreason',
  contactDirection: 'contactdirection direction richtung',
  department: 'department abteilung',
} as const;

/** What a column may be taken for. */
export type Field = keyof typeof headings;

/** Every field, for people who write a map by hand. */
export const fields = Object.keys(headings) as Field[];

/** What the rows of a file tell of: people, what they bought, or how they were in touch. */
export type FileKind = 'people' | 'orders' | 'contacts';

/** Which column holds what, in the order of the columns; what every row has in common; and what its rows tell of. */
export interface Mapping {
  readonly kind: FileKind;
  readonly columns: readonly { readonly heading: string; readonly field: Field | undefined }[];
  readonly constants: Readonly<Partial<Record<Field, string>>>;
}

/** What a map written by hand says instead of the guess. */
export interface Override {
  readonly kind?: FileKind | undefined;
  /** By heading; null leaves a column out. */
  readonly columns?: Readonly<Record<string, Field | null>> | undefined;
  readonly constants?: Readonly<Partial<Record<Field, string>>> | undefined;
}

const fieldByHeading = new Map(
  fields.flatMap((field) => headings[field].split(/\s+/).map((heading) => [heading, field] as const)),
);

const kindFields: Readonly<Record<Exclude<FileKind, 'people'>, readonly Field[]>> = {
  orders: ['orderId', 'orderDate', 'orderTotal', 'orderStatus'],
  contacts: ['contactId', 'contactDate', 'contactTopic', 'contactChannel', 'contactDirection'],
};

/** A heading as it is compared. */
export function canonicalHeading(heading: string): string {
  return heading
    .replaceAll(/[äÄ]/g, 'ae')
    .replaceAll(/[öÖ]/g, 'oe')
    .replaceAll(/[üÜ]/g, 'ue')
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

const owners =
  /^(customer|client|kunden|kunde|billing|rechnungs|invoice|shipping|liefer|contact|person|primary|private)/;

/** Guesses what each column holds by its heading; what a map says goes before the guess. */
export function guessMapping(names: readonly string[], override: Override = {}): Mapping {
  const given = new Map(Object.entries(override.columns ?? {}));
  const unknown = [...given.keys()].filter((heading) => !names.includes(heading));
  if (unknown.length > 0) {
    throw new ImportFault(
      `The map names "${unknown.join('", "')}", which is no column of the file; its columns are ${names.join(', ')}.`,
    );
  }
  const taken = new Set<Field>([...given.values()].filter((field) => field !== null));
  for (const field of Object.keys(override.constants ?? {})) taken.add(field as Field);
  const found = new Map<string, Field>();
  for (const read of [exactly, withoutOwner]) {
    for (const name of names) {
      const field = given.has(name) || found.has(name) ? undefined : read(name);
      if (field === undefined || taken.has(field)) continue;
      found.set(name, field);
      taken.add(field);
    }
  }
  for (const [name, field] of given) if (field !== null) found.set(name, field);
  const kind = override.kind ?? kindOf(taken);
  settleShared(names, found, kind, given);
  return {
    kind,
    columns: names.map((heading) => ({ heading, field: found.get(heading) })),
    constants: override.constants ?? {},
  };
}

function exactly(name: string): Field | undefined {
  return (
    fieldByHeading.get(canonicalHeading(name)) ?? fieldByHeading.get(canonicalHeading(name.split('.').at(-1) ?? ''))
  );
}

function withoutOwner(name: string): Field | undefined {
  return fieldByHeading.get(canonicalHeading(name).replace(owners, ''));
}

function kindOf(taken: ReadonlySet<Field>): FileKind {
  for (const kind of ['orders', 'contacts'] as const)
    if (kindFields[kind].some((field) => taken.has(field))) return kind;
  return 'people';
}

/** Headings that mean one thing or another by what the file tells of: its own `id` beside a customer's, `date`, `status`. */
function settleShared(
  names: readonly string[],
  found: Map<string, Field>,
  kind: FileKind,
  given: ReadonlyMap<string, Field | null>,
): void {
  if (kind === 'people') return;
  const free = (field: Field): boolean => ![...found.values()].includes(field);
  const own = kind === 'orders' ? 'orderId' : 'contactId';
  for (const name of names) {
    if (given.has(name)) continue;
    const heading = canonicalHeading(name);
    const field = found.get(name);
    const isDate = /^(date|datum|fecha|time|timestamp|createdat|created|at)$/.test(heading);
    const date = kind === 'orders' ? 'orderDate' : 'contactDate';
    if (isDate && field === undefined && free(date)) found.set(name, date);
    if (heading === 'status' && kind === 'orders' && free('orderStatus')) found.set(name, 'orderStatus');
    if (heading !== 'id' || !free(own)) continue;
    const customers = names.find((other) =>
      /^(customer|cust|client|user|kunden|person)(id|no|nr|nummer|number)$/.test(canonicalHeading(other)),
    );
    if (customers === undefined || given.has(customers)) continue;
    found.set(name, own);
    found.set(customers, 'id');
  }
}

/** Reads a map that was written by hand. @throws ImportFault that says what is wrong with it. */
export function readOverride(text: string): Override {
  let map: unknown;
  try {
    map = JSON.parse(text);
  } catch {
    throw new ImportFault('The map is not valid JSON.');
  }
  if (!isObject(map)) throw new ImportFault('The map must be an object, as in {"columns":{"Mail 2":"email"}}.');
  const { kind, columns = {}, constants = {}, ...rest } = map;
  const stray = Object.keys(rest);
  if (stray.length > 0)
    throw new ImportFault(`The map says "${stray.join('", "')}"; it may say kind, columns and constants.`);
  if (kind !== undefined && kind !== 'people' && kind !== 'orders' && kind !== 'contacts')
    throw new ImportFault('"kind" of the map is people, orders or contacts.');
  if (!isObject(columns) || !isObject(constants))
    throw new ImportFault('"columns" and "constants" of the map must be objects.');
  for (const field of [...Object.values(columns), ...Object.keys(constants)]) {
    if (field !== null && !fields.includes(field as Field))
      throw new ImportFault(
        `The map speaks of ${JSON.stringify(field)}; a column may hold ${fields.join(', ')}, or null.`,
      );
  }
  if (!Object.values(constants).every((value) => typeof value === 'string'))
    throw new ImportFault('Every constant of the map must be text.');
  return { kind, columns: columns as Record<string, Field | null>, constants };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

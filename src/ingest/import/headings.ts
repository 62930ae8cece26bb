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

/** The field of each heading, as headings are compared. */
export const fieldByHeading = new Map(
  fields.flatMap((field) => headings[field].split(/\s+/).map((heading) => [heading, field] as const)),
);

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

import { guessMapping, type Override } from './mapping.rules.js';

function guessed(headings: string, override?: Override): string {
  const { kind, columns } = guessMapping(headings.split(','), override);
  return `${kind}: ${columns.map(({ field }) => field ?? '-').join(' ')}`;
}

it.each([
  ['Contact ID,First Name,Last Name,Email', 'people: id givenName familyName email'],
  ['Contact ID,First Name,Last Name,Email,Created At', 'people: id givenName familyName email -'],
  ['id,contact id,name', 'people: id - name'],
  ['id,name,email,Umsatz', 'people: id name email -'],
  ['id,name,email,Umsatz,Created At', 'people: id name email - -'],
  ['id,name,email,channel', 'people: id name email -'],
  ['id,name,email,department', 'people: id name email -'],
])('takes an export of customers for people: %s', (headings, expected) => {
  expect(guessed(headings)).toBe(expected);
});

it.each([
  ['order id,email', 'orders: orderId email'],
  ['order date,email', 'orders: orderDate email'],
  ['date,customer id,total,currency', 'orders: orderDate id orderTotal currency'],
  ['created at,email,amount', 'orders: orderDate email orderTotal'],
  ['id,customer id,amount', 'orders: orderId id orderTotal'],
  ['name,article,amount', 'orders: name product orderTotal'],
])('takes an export of orders for orders: %s', (headings, expected) => {
  expect(guessed(headings)).toBe(expected);
});

it.each([
  ['ticket id,email', 'contacts: contactId email'],
  ['contact id,name,date', 'contacts: contactId name contactDate'],
  ['contact id,name,topic', 'contacts: contactId name contactTopic'],
  ['email,channel,subject', 'contacts: email contactChannel contactTopic'],
])('takes an export of contacts for contacts: %s', (headings, expected) => {
  expect(guessed(headings)).toBe(expected);
});

it('takes a map at its word', () => {
  expect(guessed('id,name,Umsatz', { columns: { Umsatz: 'orderTotal' } })).toBe('orders: id name orderTotal');
  expect(guessed('id,name,channel', { kind: 'contacts' })).toBe('contacts: id name contactChannel');
});

import { domainToASCII } from 'node:url';
import { defineIdentifier } from '../identifier.js';
import { isDisposable } from '../normalise/disposable-domains.js';
import { isPlaceholder } from '../normalise/placeholder.rules.js';
import { remembered } from '../../shared/remembered.js';

/** Mailboxes of a function, not of a person (RFC 2142 and shop usage). */
const roles = new Set(
  `abuse accounting accounts admin administrator administration anfrage billing booking bookings buchhaltung career
   careers commercial comptabilite contact contacto customerservice customer-service desk donotreply do-not-reply
   einkauf empfang enquiries enquiry facturacion finance genericemail hello help helpdesk hostmaster hr info
   information inquiries inbox invoice invoices jobs kontakt kundenservice mail mailer-daemon marketing marketingteam
   media news newsletter noemail no-email nobody none noreply no-reply notifications office orders post postmaster
   press privacy purchasing reception rechnung reservations root sales salesteam secretary sekretariat service
   servicio services shop shopping showroom store support team unknown ventas verkauf webmaster welcome zentrale`.split(
    /\s+/,
  ),
);

/** Addresses nobody ever receives mail at: reserved hosts (RFC 2606), and test at test. */
const deadAddress = /(^|[@.])(invalid|localhost)$|^(test|asdf|abc|xx+|aa+|none?|na)@(test|asdf|abc|xx+|aa+|none?|na)\./;

/** Providers that drop everything behind a plus; Google's drop dots too. */
const dropsDots = new Set(['gmail.com', 'googlemail.com']);
const dropsTag = new Set(
  `gmail.com googlemail.com outlook.com hotmail.com live.com icloud.com me.com fastmail.com proton.me protonmail.com
   yandex.com yandex.ru pm.me`.split(/\s+/),
);

/** Most addresses are of a few hosts. */
const asciiHost = remembered(5000, domainToASCII);

/** A mail address, compared in lower case; letters behind a plus and Google's dots only count as near. */
export default defineIdentifier({
  kind: 'email',
  class: 'contact',
  describe: 'A mail address. Role, no-reply and disposable addresses identify nobody.',
  scoped: false,
  maxPeoplePerValue: 2,
  maxValuesPerPerson: 5,
  weight: 30,
  normalise(raw) {
    const text = raw
      .trim()
      .replace(/^mailto:/i, '')
      .replace(/^<|>$/g, '')
      .toLowerCase();
    if (isPlaceholder(text)) return { unusable: 'stands for no address' };
    const at = text.lastIndexOf('@');
    const local = text.slice(0, at).normalize('NFKC');
    const host = asciiHost(text.slice(at + 1).replace(/\.$/, ''));
    if (at < 1 || /[\s@<>,;()"\\]/.test(local) || local.length > 64) return { unusable: 'is no mail address' };
    if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host)) return { unusable: 'has no valid mail host' };
    const box = local.replace(/\+.*$/, '');
    if (box === '' || roles.has(box.replace(/[._]/g, '-')) || roles.has(box.replace(/[._-]/g, ''))) {
      return { unusable: 'is the address of a function, not of a person' };
    }
    if (deadAddress.test(`${box}@${host}`) || isDisposable(host)) return { unusable: 'is a throw-away address' };
    return { key: `${local}@${host}`, near: nearForms(local, box, host) };
  },
  mask(key) {
    const at = key.lastIndexOf('@');
    const host = key.slice(at + 1);
    return `${key.slice(0, 1)}…@${host.slice(0, 1)}…${host.slice(host.lastIndexOf('.'))}`;
  },
});

function nearForms(local: string, box: string, host: string): string[] {
  const home = host === 'googlemail.com' ? 'gmail.com' : host;
  const untagged = dropsTag.has(host) ? box : local;
  const reduced = `${dropsDots.has(host) ? untagged.replaceAll('.', '') : untagged}@${home}`;
  return reduced === `${local}@${host}` ? [] : [reduced];
}

/** Hosts of throw-away mailboxes that shops meet most; anybody can read what is sent there. */
const hosts = new Set(
  `10minutemail.com 10minutemail.net 20minutemail.com 33mail.com anonbox.net burnermail.io byom.de cock.li discard.email
   discardmail.com dispostable.com dropmail.me emailfake.com emailondeck.com fakeinbox.com fakemail.net fakemailgenerator.com
   getairmail.com getnada.com guerrillamail.biz guerrillamail.com guerrillamail.de guerrillamail.info guerrillamail.net
   guerrillamail.org guerrillamailblock.com harakirimail.com inboxbear.com inboxkitten.com incognitomail.org jetable.org
   mail-temp.com mail-temporaire.fr mail.tm mailcatch.com maildrop.cc mailexpire.com mailforspam.com mailinator.com
   mailinator.net mailnesia.com mailnull.com mailsac.com mailtemp.info meltmail.com minuteinbox.com mintemail.com moakt.com
   mohmal.com mt2015.com muellmail.com mytemp.email mytrashmail.com nada.email nowmymail.com owlymail.com sharklasers.com
   shieldedmail.com spam4.me spambog.com spambox.us spamgourmet.com spamex.com temp-mail.io temp-mail.org tempail.com
   tempinbox.com tempmail.dev tempmail.net tempmail.plus tempmailo.com tempr.email throwawaymail.com tmail.ws tmpmail.net
   tmpmail.org trash-mail.com trash-mail.de trashmail.com trashmail.de trashmail.net trashmail.ws trbvm.com wegwerfemail.de
   wegwerfmail.de wegwerfmail.net yopmail.com yopmail.fr yopmail.net`.split(/\s+/),
);

/** Whether mail to this host (ASCII, lower case), or to a host it is part of, lands in a throw-away mailbox. */
export function isDisposable(host: string): boolean {
  for (let rest = host; rest.includes('.'); rest = rest.slice(rest.indexOf('.') + 1)) if (hosts.has(rest)) return true;
  return false;
}

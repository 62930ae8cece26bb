import { defineLanguage } from './language.js';

/** Deutsch; zum Kunden per Sie. */
export default defineLanguage({
  name: 'Deutsch',
  departments: {
    store: 'der Filiale',
    sales: 'unserem Verkauf',
    online: 'unserem Onlineshop',
    service: 'unserem Service',
    finance: 'unserer Finanzabteilung',
    marketing: 'unserem Marketing',
    other: 'einer anderen Abteilung',
  },
  channels: {
    web: 'online',
    app: 'in der App',
    store: 'in der Filiale',
    phone: 'am Telefon',
    email: 'per E-Mail',
    mail: 'per Post',
    letter: 'per Brief',
    chat: 'im Chat',
    service: 'am Serviceschalter',
    other: 'auf anderem Weg',
  },
  identifiers: {
    email: 'E-Mail-Adresse',
    phone: 'Telefonnummer',
    loyalty: 'Kundenkartennummer',
    account: 'Anmeldung im Shop',
    device: 'Gerätekennung',
    crm: 'Kundennummer',
  },
  states: {
    EXPECTED: 'angekündigt, aber noch nicht da',
    WAITING: 'noch nicht begonnen',
    SERVING: 'im Gespräch',
    AWAY: 'unterbrochen',
    COMPLETED: 'beendet',
    NO_SHOW: 'beendet, weil niemand kam',
    CANCELLED: 'abgesagt',
  },
  fields: {
    code: 'Der Code',
    calledName: 'Der Name zum Rufen',
    statedName: 'Der Name',
    givenName: 'Der Vorname',
    familyName: 'Der Nachname',
    name: 'Der Name',
    value: 'Die Nummer oder Adresse',
    partySize: 'Die Personenzahl',
    note: 'Die Notiz',
    nextStep: 'Der nächste Schritt',
    lostReason: 'Der Grund',
    amountMinor: 'Der Betrag',
    pin: 'Die PIN',
    token: 'Das Token',
  },
  evidence: {
    given: {
      exact: 'Derselbe Vorname.',
      part: 'Einer von mehreren Vornamen ist gleich.',
      petName: 'Ein Vorname ist die Kurzform des anderen.',
      close: 'Die Vornamen unterscheiden sich um einen Schreibfehler.',
      initial: 'Ein Vorname ist der Anfangsbuchstabe des anderen.',
      near: 'Die Vornamen ähneln sich.',
      slight: 'Vornamen einen Buchstaben auseinander, zu kurz für ein Urteil.',
      hisAndHers: 'Die männliche und die weibliche Form eines Vornamens.',
      differs: 'Verschiedene Vornamen.',
    },
    family: {
      exact: 'Derselbe Nachname.',
      part: 'Ein Teil eines Doppelnamens ist gleich.',
      petName: 'Ein Nachname ist die Kurzform des anderen.',
      close: 'Die Nachnamen unterscheiden sich um einen Schreibfehler.',
      initial: 'Ein Nachname ist der Anfangsbuchstabe des anderen.',
      near: 'Die Nachnamen ähneln sich.',
      slight: 'Nachnamen einen Buchstaben auseinander, zu kurz für ein Urteil.',
      hisAndHers: 'Zwei Formen eines Nachnamens.',
      differs: 'Verschiedene Nachnamen.',
    },
    names: { swapped: 'Vor- und Nachname sind auf einer Seite vertauscht.' },
    generation: { differs: 'Einmal junior, einmal senior.' },
    birth: {
      exact: 'Dasselbe Geburtsdatum.',
      exchanged: 'Dasselbe Geburtsdatum mit vertauschtem Tag und Monat.',
      slip: 'Die Geburtsdaten unterscheiden sich um eine Ziffer.',
      twoParts: 'Zwei von Tag, Monat und Jahr der Geburt sind gleich.',
      withinMonth: 'Geburtsdaten wenige Wochen auseinander.',
      withinYear: 'Geburtsdaten innerhalb eines Jahres.',
      withinTenYears: 'Geburtsdaten einige Jahre auseinander.',
      generationApart: 'Geburtsdaten eine Generation auseinander.',
      differs: 'Verschiedene Geburtsdaten.',
    },
    nationalId: { exact: 'Dieselbe Ausweisnummer.', differs: 'Verschiedene Ausweisnummern.' },
    mail: {
      exact: 'Dieselbe E-Mail-Adresse.',
      near: 'Zwei Schreibweisen eines Postfachs.',
      slip: 'Die E-Mail-Adressen unterscheiden sich um einen Schreibfehler.',
      sameBox: 'Gleichnamige Postfächer bei verschiedenen Anbietern.',
      rough: 'Die E-Mail-Adressen ähneln sich.',
      differs: 'Verschiedene E-Mail-Adressen.',
    },
    phone: {
      exact: 'Dieselbe Telefonnummer.',
      near: 'Dieselbe Telefonnummer ohne Landesvorwahl.',
      slip: 'Die Telefonnummern unterscheiden sich um eine Ziffer.',
      differs: 'Verschiedene Telefonnummern.',
    },
    device: { exact: 'Auf demselben Gerät gesehen.' },
    street: {
      exact: 'Dieselbe Anschrift.',
      close: 'Fast dieselbe Anschrift.',
      noNumber: 'Dieselbe Straße, eine Hausnummer fehlt.',
      nearNumber: 'Dieselbe Straße, die Hausnummern eine Ziffer auseinander.',
      sameStreet: 'Dieselbe Straße, ein anderes Haus.',
      sameNumber: 'Eine andere Straße, dieselbe Hausnummer.',
      differs: 'Verschiedene Anschriften.',
    },
    area: {
      exact: 'Derselbe Ort und dieselbe Postleitzahl.',
      postalCode: 'Dieselbe Postleitzahl.',
      locality: 'Derselbe Ort.',
      slip: 'Die Postleitzahlen unterscheiden sich um eine Ziffer.',
      differs: 'Verschiedene Orte.',
    },
    relatives: {
      twins: 'Zwei Vornamen in einem Haushalt, am selben Tag geboren: vielleicht Zwillinge.',
      parentAndChild: 'Ein Name, eine Generation auseinander: vielleicht Elternteil und Kind.',
    },
    box: {
      fullName: 'Ein Postfach heißt wie der volle Name des anderen.',
      initialAndName: 'Ein Postfach heißt wie Anfangsbuchstabe und Nachname des anderen.',
      oneName: 'Ein Postfach heißt wie einer der Namen des anderen.',
    },
  },
  lowered: {
    common: 'Viele heißen so, darum sagt es weniger.',
    elsewhere: 'Sie liegt in einem anderen Ort, darum sagt es weniger.',
    derived: 'Das Postfach heißt nach dem Namen, der schon verglichen ist.',
    apart: 'Die Postfächer unterscheiden sich wie die Namen, darum spricht es nicht für eine Person.',
    heldByOthers: 'Auch andere haben sie, darum sagt es weniger.',
  },
  sentences: {
    'refusal.KEY_REUSED_DIFFERENTLY':
      'Dieser Schlüssel wurde schon für etwas anderes verwendet. Bitte mit einem neuen noch einmal senden.',
    'refusal.CODE_UNKNOWN':
      'Diesen Code kennen wir nicht. Bitte prüfen Sie ihn oder nennen Sie Namen oder Kundenkartennummer.',
    'refusal.PASS_EXPIRED': 'Dieser Pass gilt nicht mehr. Bitte zeigen Sie einen neuen.',
    'refusal.PASS_ALREADY_USED': 'Dieser Pass wurde schon verwendet. Bitte zeigen Sie einen neuen.',
    'refusal.TOO_MANY_ATTEMPTS': ({ retryAfterSeconds }, write) =>
      write.plural(retryAfterSeconds, {
        one: 'Zu viele falsche Codes oder Nummern. Bitte in # Sekunde noch einmal versuchen.',
        other: 'Zu viele falsche Codes oder Nummern. Bitte in # Sekunden noch einmal versuchen.',
      }),
    'refusal.VISIT_NOT_FOUND': 'Diesen Besuch gibt es in dieser Filiale nicht. Bitte die Übersicht neu laden.',
    'refusal.NOT_POSSIBLE_NOW': ({ state, takenBy, obstacle }, write) => {
      if (takenBy) return `${takenBy.displayName} war schneller und kümmert sich schon um diesen Besuch.`;
      if (obstacle === 'alreadyKnown')
        return 'Zu diesem Besuch gehört schon jemand. Ist es die falsche Person, bitte zuerst das melden.';
      if (obstacle === 'nobodyToConfirm')
        return 'Es gibt noch niemanden zu bestätigen. Bitte nach Namen, Karte oder Code fragen.';
      if (obstacle === 'chooseFirst') return 'Es kann eine von mehreren Personen sein. Bitte zuerst eine auswählen.';
      if (obstacle === 'nobodyToDispute')
        return 'Bei diesem Besuch ist niemand erkannt, also ist niemand zurückzunehmen.';
      return `Das geht jetzt nicht: Dieser Besuch ist ${write.state(state)}.`;
    },
    'refusal.CANDIDATE_UNKNOWN': 'Dieser Vorschlag ist nicht mehr da. Bitte einen aus der Liste wählen.',
    'refusal.LINK_UNKNOWN': 'Dieser Link gilt nicht mehr. Bitte nehmen Sie den aus unserer letzten Nachricht.',
    'refusal.STORE_UNKNOWN': 'Diese Filiale kennen wir nicht. Bitte scannen Sie den Code an der Tür noch einmal.',
    'refusal.MEMBER_UNKNOWN': 'Diese Kundenkartennummer kennen wir nicht. Bitte prüfen Sie sie.',

    'refusal.RECORD_UNKNOWN': 'Diesen Datensatz gibt es nicht mehr. Bitte die Liste neu laden.',
    'refusal.CUSTOMER_UNKNOWN': 'Diesen Kunden gibt es nicht mehr. Bitte die Liste neu laden.',
    'refusal.JUDGEMENT_UNKNOWN': 'Dieses Urteil gibt es nicht, oder es wurde schon zurückgenommen.',
    'refusal.NOTHING_TO_SEPARATE': 'Dieser Datensatz ist schon ein Kunde für sich.',
    'refusal.ALREADY_ONE': 'Das ist schon ein und derselbe Kunde.',
    'refusal.JUDGED_APART':
      'Jemand hat geurteilt, dass es verschiedene Personen sind. Bitte dieses Urteil zuerst zurücknehmen.',

    'access.pin-wrong': 'Diese PIN stimmt nicht.',
    'access.pin-rests':
      'Zu viele falsche PINs. Bitte in einer Viertelstunde noch einmal versuchen oder die Leitung fragen.',
    'access.pin-unfit': 'Eine PIN hat 4 bis 8 Ziffern.',
    'access.pin-easy':
      'Diese PIN ist zu leicht zu erraten; bitte Ziffern wählen, die sich nicht wiederholen und nicht zählen.',
    'access.too-many-look-ups': ({ retryAfterSeconds }, write) =>
      write.plural(retryAfterSeconds, {
        one: 'Zu oft nachgesehen. Bitte in # Sekunde noch einmal versuchen.',
        other: 'Zu oft nachgesehen. Bitte in # Sekunden noch einmal versuchen.',
      }),
    'access.enrol-code-unknown':
      'Dieser Code gilt nicht, wurde schon verwendet oder ist älter als zehn Minuten. Bitte einen neuen geben lassen.',
    'access.tablet-unknown':
      'Dieses Tablet ist hier nicht angemeldet oder nicht mehr. Bitte die Leitung um einen Code.',
    'access.token-needed': 'Dafür braucht es einen gültigen Schlüssel: als „Authorization: Bearer …“ senden.',
    'access.staff-token-needed':
      'Bitte mit einem Personal-Schlüssel anmelden; „npx foyer token --staff“ erzeugt einen.',
    'access.not-allowed': 'Dieser Schlüssel erlaubt das nicht.',
    'access.not-on-shift': 'Dieser Schlüssel gehört zu keiner Schicht.',
    'access.challenge-over': 'Dieses Tablet muss sich noch einmal ausweisen; das tut es von selbst.',
    'access.pin-of-another': 'Ihre PIN setzt die Administration: npx foyer staff pin.',
    'access.staff-elsewhere': 'Diese Person arbeitet in keiner Ihrer Filialen.',
    'access.store-elsewhere': 'Das ist keine Ihrer Filialen.',
    'access.tablet-elsewhere': 'Dieses Tablet gibt es in keiner Ihrer Filialen.',
    'access.not-that-store':
      'Diese Anmeldung gehört zu einer anderen Filiale. Bitte ein Tablet dieser Filiale nehmen oder sich dort anmelden.',
    'access.tablet-alone': 'Das Tablet allein kann niemanden bedienen. Bitte zuerst eine Schicht öffnen.',

    'input.too-long': ({ field, most }, write) => `${write.field(field)} darf höchstens ${most} Zeichen haben.`,
    'input.length': ({ field, least, most }, write) => `${write.field(field)} braucht ${least} bis ${most} Zeichen.`,
    'input.too-small': ({ field, least }, write) => `${write.field(field)} muss mindestens ${least} sein.`,
    'input.too-large': ({ field, most }, write) => `${write.field(field)} darf höchstens ${most} sein.`,
    'input.characters': ({ field }, write) =>
      `${write.field(field)} ist leer oder enthält ein Zeichen, das sich nicht speichern lässt.`,
    'input.unfit': ({ field }, write) => `${write.field(field)} ist so nicht lesbar. Bitte prüfen.`,
    'input.nobody-sought': 'Bitte einen Namen oder eine Nummer oder Adresse angeben.',
    'input.nobody-named':
      'Bitte einen Code, eine Nummer oder Adresse oder einen Namen angeben oder jemanden auswählen.',
    'input.too-long-ago':
      'Das ist mehr als 72 Stunden her und wird nicht mehr angenommen. Bitte die Uhr des Tablets prüfen.',
    'input.configuration-elsewhere': 'Diese Konfiguration gehört nicht zu diesem Besuch.',

    'fault.unavailable':
      'Foyer erreicht gerade seine Datenbank nicht. Bitte gleich noch einmal versuchen; nichts ist verloren.',
    'fault.internal': ({ faultId }) =>
      `Bei uns ist etwas schiefgegangen. Bitte dem Support die Nummer ${faultId} nennen.`,

    'evidence.compared': ({ field, level, under, isHeldByOthers }, write) =>
      [
        write.evidence(field, level),
        ...(under ? [write.lowered(under)] : []),
        ...(isHeldByOthers ? [write.lowered('heldByOthers')] : []),
      ].join(' '),
    'evidence.householdCap': 'Was ein ganzer Haushalt teilt, zählt nur begrenzt.',
    'evidence.unproven': 'Nichts davon hat nur eine Person, darum bleibt es unter dem, was zusammenführt.',
    'evidence.proof': ({ kind, shown }, write) => `Für beide gilt dieselbe ${write.identifier(kind)} (${shown}).`,
    'evidence.shared-proof': ({ kind, shown }, write) =>
      `Für beide gilt dieselbe ${write.identifier(kind)} (${shown}), die sich mehrere teilen, und derselbe Vorname.`,
    'evidence.device': 'Auf demselben Gerät gesehen, auf dem sonst niemand bekannt ist.',
    'evidence.judged': ({ why }) => `Jemand hat geurteilt, dass es dieselbe Person ist: ${why}`,

    'guard.names': 'Getrennt gehalten: Insgesamt widersprechen sich die Vornamen der beiden.',
    'guard.births': 'Getrennt gehalten: Die beiden haben verschiedene Geburtsdaten.',
    'guard.worth':
      'Getrennt gehalten: Was beide angeben, geben auch andere an, oder keine der beiden Angaben ist belegt.',
    'guard.values': ({ kind }, write) =>
      `Getrennt gehalten: Was Personen unterscheidet, ist bei beiden verschieden (${write.identifier(kind)}).`,

    'match.pass.verified': 'Hat einen Pass gezeigt, der nach der Anmeldung im Shop entstand.',
    'match.pass': 'Hat einen frischen Pass aus dem Shop gezeigt.',
    'match.wallet': 'Hat den wechselnden Code der Wallet-Karte gezeigt.',
    'match.link': 'Hat den persönlichen Link aus unserer Nachricht gezeigt.',
    'match.configuration': 'Hat den Code einer Konfiguration genannt; über die Person sagt er nichts.',
    'match.loyalty.presented': 'Hat eine Kundenkarte gezeigt.',
    'match.name': 'Der genannte Name ist einer, den wir kennen.',
    'match.alike': 'Was gesagt wurde, gleicht zusammengenommen dem, was wir von dieser Person wissen.',
    'match.claim': 'Eine Angabe im Shop weist auf diese Person hin; geprüft hat sie niemand.',
    'match.identifier': ({ kind }, write) => `Die genannte ${write.identifier(kind)} kennen wir.`,
    'match.new.name': 'Eine neue Bekanntschaft; diesen Namen hat sie genannt.',
    'match.new.identifier': ({ kind }, write) =>
      `Eine neue Bekanntschaft; diese ${write.identifier(kind)} hat sie genannt.`,

    'page.greeting': ({ model }) => `Ihr ${model} steht für Sie bereit.`,
    'door.announced': ({ minutes }, write) =>
      minutes === null
        ? 'Es kommt jemand aus unserem Team zu Ihnen. Bitte sehen Sie sich solange um.'
        : write.plural(minutes, {
            one: 'Innerhalb einer Minute kommt jemand aus unserem Team zu Ihnen.',
            other: 'Innerhalb von # Minuten kommt jemand aus unserem Team zu Ihnen. Bitte sehen Sie sich solange um.',
          }),

    'warning.two-stores':
      'Der Pass dieses Besuchs wurde in zwei Filialen gezeigt. Bitte vergewissern Sie sich, wer es ist, bevor Sie etwas zeigen.',
    'because.two-stores': 'Derselbe Pass wurde innerhalb von zehn Minuten in einer anderen Filiale gescannt.',

    'activity.configured': ({ model, saved }) =>
      saved ? `${model} konfiguriert und gespeichert` : `${model} konfiguriert`,
    'activity.quote-asked': ({ model }) => `Angebot für ${model} angefragt`,
    'activity.shared': ({ model }) => `Konfiguration ${model} geteilt`,
    'activity.ordered': ({ label }) => `Bestellt: ${label}`,
    'activity.viewed': ({ labels }, write) => `Interesse an ${write.list(labels)}`,
    'activity.browsed': 'Auf unseren Seiten',
    'activity.appointment-booked': ({ at }, write) =>
      at ? `Termin für den ${write.date(at)} um ${write.time(at)} Uhr gebucht` : 'Termin gebucht',
    'activity.contacted': ({ channel, topic }, write) =>
      topic ? `Kontakt ${write.channel(channel)}: ${topic}` : `Kontakt ${write.channel(channel)}`,
    'activity.matter-opened': ({ department }, write) => `Anliegen bei ${write.department(department)} begonnen`,
    'activity.matter-closed': ({ department }, write) => `Anliegen bei ${write.department(department)} geklärt`,
    'activity.visited': ({ store }) => (store ? `Besuch bei uns in ${store}` : 'Besuch bei uns'),
    'activity.signed-in': 'Angemeldet',
    'activity.other': ({ name }) => `Sonstiges: ${name}`,

    'headline.appointment': ({ at }, write) =>
      `Sie haben um ${write.time(at)} Uhr einen Termin bei uns; schön, dass Sie da sind.`,
    'headline.open-matter': ({ department }, write) =>
      `Ich sehe, bei ${write.department(department)} ist noch etwas offen; soll ich für Sie nachfragen?`,
    'headline.price-down': ({ model, by }, write) =>
      `Der Preis für Ihren ${model} ist seit Ihrem letzten Besuch um ${write.money(by)} gesunken.`,
    'headline.built-price-down': ({ model, options, by }, write) =>
      `Sie haben den ${model} mit ${write.list(options)} zusammengestellt; der Preis ist seitdem um ${write.money(by)} gesunken.`,
    'headline.price-up': ({ model, now }, write) =>
      `Ihr ${model} liegt jetzt bei ${write.money(now)}; ich zeige Ihnen gern, was sich seit Ihrem letzten Besuch geändert hat.`,
    'headline.rebuilt': ({ model, options, now }, write) =>
      `Sie haben den ${model} seit Ihrem letzten Besuch geändert, jetzt mit ${write.list(options)}; er kommt auf ${write.money(now)}.`,
    'headline.rebuilt-for-less': ({ model, options, by }, write) =>
      `Sie haben den ${model} seit Ihrem letzten Besuch geändert, jetzt mit ${write.list(options)}; er kommt ${write.money(by)} günstiger.`,
    'headline.taken-back': ({ model, option }) =>
      `Sie hatten für den ${model} an „${option}“ gedacht; möchten Sie es sich hier ansehen, bevor Sie entscheiden?`,
    'headline.quote': ({ model }) =>
      `Sie haben nach einem Angebot für den ${model} gefragt; wir können es gleich zusammen durchgehen.`,
    'headline.built': ({ model, options }, write) =>
      options.length > 0
        ? `Sie haben den ${model} mit ${write.list(options)} zusammengestellt; möchten Sie ihn hier ansehen?`
        : `Sie haben den ${model} zusammengestellt; möchten Sie ihn hier ansehen?`,
    'headline.bought': ({ label, at }, write) =>
      `Sie haben im ${write.month(at)} „${label}“ gekauft; sind Sie zufrieden damit?`,
    'headline.owns': ({ label, since }, write) =>
      since ? `„${label}“ haben Sie seit ${write.year(since)}; läuft alles gut?` : `Wie geht es Ihnen mit „${label}“?`,
    'headline.member-since': ({ at }, write) => `Sie sind seit ${write.year(at)} bei uns; vielen Dank dafür.`,

    'because.appointment': ({ at }, write) =>
      `Ein Termin ist für den ${write.date(at)} um ${write.time(at)} Uhr gebucht.`,
    'because.open-matter': ({ department, openedAt }, write) =>
      `Bei ${write.department(department)} ist seit dem ${write.date(openedAt)} ein Anliegen offen.`,
    'because.price-changed': ({ before, after, seenAt }, write) =>
      `Beim Besuch am ${write.date(seenAt)} waren es ${write.money(before)}, jetzt sind es ${write.money(after)}.`,
    'because.rebuilt': ({ seenAt }, write) =>
      `Es sind andere Optionen gewählt als beim Besuch am ${write.date(seenAt)}.`,
    'because.taken-back': ({ option, at }, write) =>
      `„${option}“ wurde gewählt und wieder abgewählt, zuletzt am ${write.date(at)}.`,
    'because.quote': ({ at }, write) => `Das Angebot wurde am ${write.date(at)} angefragt.`,
    'because.built': ({ at }, write) => `Die Konfiguration wurde zuletzt am ${write.date(at)} geändert.`,
    'because.bought': ({ at, channel }, write) => `Gekauft ${write.channel(channel)} am ${write.date(at)}.`,
    'because.owns': ({ label }) => `„${label}“ ist auf diesen Namen eingetragen.`,
    'because.member-since': ({ at }, write) => `Kundin oder Kunde seit dem ${write.date(at)}.`,

    'issue.open': ({ department, complaint }, write) =>
      `Bei ${write.department(department)} ist ${complaint ? 'eine Beschwerde' : 'ein Anliegen'} offen.`,

    'withheld.until-confirmed': 'Wird gezeigt, sobald Sie mit Namen begrüßt und es bestätigt haben.',
    'withheld.consent': ({ purpose }) => `Der Kunde möchte nicht, dass dies verwendet wird (${purpose}).`,
    'withheld.complaint': 'Jetzt nichts verkaufen: Erst ist noch etwas in Ordnung zu bringen.',
    'withheld.open-matter': ({ department }, write) =>
      `Es gibt ein offenes Anliegen; bitte bei ${write.department(department)} nachfragen.`,
    'withheld.department': ({ department }, write) =>
      `Etwas bei ${write.department(department)} bleibt dort; bitte dort nachfragen.`,
    'withheld.anonymous': 'Noch weiß niemand, wer das ist.',
    'withheld.choose': 'Es kann eine von mehreren Personen sein; wird gezeigt, sobald eine ausgewählt ist.',
  },
});

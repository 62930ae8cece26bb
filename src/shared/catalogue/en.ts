import { defineLanguage } from './language.js';

/** English; said aloud by somebody at ease. */
export default defineLanguage({
  name: 'English',
  departments: {
    store: 'the store',
    sales: 'our sales team',
    online: 'our online shop',
    service: 'our service department',
    finance: 'our finance department',
    marketing: 'our marketing team',
    other: 'another department',
  },
  channels: {
    web: 'online',
    app: 'in the app',
    store: 'in the store',
    phone: 'by phone',
    email: 'by e-mail',
    mail: 'by post',
    letter: 'by letter',
    chat: 'by chat',
    service: 'at our service desk',
    other: 'another way',
  },
  identifiers: {
    email: 'e-mail address',
    phone: 'phone number',
    loyalty: 'loyalty number',
    account: 'customer account',
    device: 'device',
    crm: 'customer number',
  },
  states: {
    EXPECTED: 'expected and not here yet',
    WAITING: 'waiting',
    SERVING: 'being served',
    AWAY: 'out for a moment',
    COMPLETED: 'over',
    NO_SHOW: 'over, because nobody came',
    CANCELLED: 'cancelled',
  },
  fields: {
    code: 'The code',
    calledName: 'The name to call out',
    statedName: 'The name',
    givenName: 'The first name',
    familyName: 'The family name',
    name: 'The name',
    value: 'The number or address',
    partySize: 'The number of people',
    note: 'The note',
    nextStep: 'The next step',
    lostReason: 'The reason',
    amountMinor: 'The amount',
    pin: 'The PIN',
    token: 'The token',
  },
  evidence: {
    given: {
      exact: 'The same first name.',
      part: 'One of several first names is the same.',
      petName: 'One first name is a short form of the other.',
      close: 'The first names differ by a slip.',
      initial: 'One first name is the initial of the other.',
      near: 'The first names are alike.',
      slight: 'First names a letter apart, too short to tell.',
      hisAndHers: 'A man’s and a woman’s form of one first name.',
      differs: 'Different first names.',
    },
    family: {
      exact: 'The same family name.',
      part: 'One part of a double family name is the same.',
      petName: 'One family name is a short form of the other.',
      close: 'The family names differ by a slip.',
      initial: 'One family name is the initial of the other.',
      near: 'The family names are alike.',
      slight: 'Family names a letter apart, too short to tell.',
      hisAndHers: 'Two forms of one family name.',
      differs: 'Different family names.',
    },
    names: { swapped: 'First and family name are exchanged on one side.' },
    generation: { differs: 'One is called Junior, the other Senior.' },
    birth: {
      exact: 'The same date of birth.',
      exchanged: 'The same date of birth with day and month exchanged.',
      slip: 'The dates of birth differ by one digit.',
      twoParts: 'Two of day, month and year of birth are the same.',
      withinMonth: 'Dates of birth a few weeks apart.',
      withinYear: 'Dates of birth within a year.',
      withinTenYears: 'Dates of birth some years apart.',
      generationApart: 'Dates of birth a generation apart.',
      differs: 'Different dates of birth.',
    },
    nationalId: { exact: 'The same identity number.', differs: 'Different identity numbers.' },
    mail: {
      exact: 'The same e-mail address.',
      near: 'Two spellings of one mailbox.',
      slip: 'The e-mail addresses differ by a slip.',
      sameBox: 'Mailboxes of one name at different providers.',
      rough: 'The e-mail addresses are alike.',
      differs: 'Different e-mail addresses.',
    },
    phone: {
      exact: 'The same phone number.',
      near: 'The same phone number without its country.',
      slip: 'The phone numbers differ by one digit.',
      differs: 'Different phone numbers.',
    },
    device: { exact: 'Seen on the same device.' },
    street: {
      exact: 'The same street address.',
      close: 'Almost the same street address.',
      noNumber: 'The same street, a house number is missing.',
      nearNumber: 'The same street, house numbers a digit apart.',
      sameStreet: 'The same street, another house.',
      sameNumber: 'Another street, the same house number.',
      differs: 'Different street addresses.',
    },
    area: {
      exact: 'The same town and postcode.',
      postalCode: 'The same postcode.',
      locality: 'The same town.',
      slip: 'The postcodes differ by one digit.',
      differs: 'Different towns.',
    },
    relatives: {
      twins: 'Two first names in one home, born on one day: perhaps twins.',
      parentAndChild: 'One name a generation apart: perhaps parent and child.',
    },
    box: {
      fullName: 'A mailbox is called by the other’s full name.',
      initialAndName: 'A mailbox is called by the other’s initial and family name.',
      oneName: 'A mailbox is called by one of the other’s names.',
    },
  },
  lowered: {
    common: 'Many bear it, so it says less.',
    elsewhere: 'It is in another town, so it says less.',
    derived: 'The mailbox is called after its owner’s name, which was compared already.',
    apart: 'The mailboxes differ as their owners’ names do, so it says nothing for one person.',
    heldByOthers: 'Others bear it too, so it says less.',
  },
  sentences: {
    'refusal.KEY_REUSED_DIFFERENTLY':
      'This key was already used for something else. Please send it again with a new one.',
    'refusal.CODE_UNKNOWN': 'We do not know this code. Please check it, or try the name or the loyalty number.',
    'refusal.PASS_EXPIRED': 'This pass is no longer valid. Please show a fresh one.',
    'refusal.PASS_ALREADY_USED': 'This pass has been used already. Please show a fresh one.',
    'refusal.TOO_MANY_ATTEMPTS': ({ retryAfterSeconds }, write) =>
      write.plural(retryAfterSeconds, {
        one: 'Too many wrong codes or numbers. Please try again in # second.',
        other: 'Too many wrong codes or numbers. Please try again in # seconds.',
      }),
    'refusal.VISIT_NOT_FOUND': 'There is no such visit in this store. Please reload the board.',
    'refusal.NOT_POSSIBLE_NOW': ({ state, takenBy, obstacle }, write) => {
      if (takenBy) return `${takenBy.displayName} was first and is with this visitor already.`;
      if (obstacle === 'alreadyKnown')
        return 'This visit already has its person. If it is the wrong one, say so first.';
      if (obstacle === 'nobodyToConfirm')
        return 'There is nobody to confirm yet. Please ask for a name, a card or a code.';
      if (obstacle === 'chooseFirst') return 'It may be one of several people. Please choose one of them first.';
      if (obstacle === 'nobodyToDispute') return 'Nobody is recognised on this visit, so there is nobody to take back.';
      return `That is not possible now: this visit is ${write.state(state)}.`;
    },
    'refusal.CANDIDATE_UNKNOWN': 'This suggestion is not there any more. Please choose one from the list.',
    'refusal.LINK_UNKNOWN': 'This link is not valid any more. Please use the one in your latest message.',
    'refusal.STORE_UNKNOWN': 'We do not know this store. Please scan the code at the door again.',
    'refusal.MEMBER_UNKNOWN': 'We do not know this loyalty number. Please check it.',

    'refusal.RECORD_UNKNOWN': 'There is no such record any more. Please reload the list.',
    'refusal.CUSTOMER_UNKNOWN': 'There is no such customer any more. Please reload the list.',
    'refusal.JUDGEMENT_UNKNOWN': 'There is no such judgement, or it was taken back already.',
    'refusal.NOTHING_TO_SEPARATE': 'This record is a customer by itself already.',
    'refusal.ALREADY_ONE': 'These are one customer already.',
    'refusal.JUDGED_APART': 'Somebody has judged these to be different people. Please take that judgement back first.',

    'access.pin-wrong': 'This PIN is not right.',
    'access.pin-rests': 'Too many wrong PINs. Try again in a quarter of an hour, or ask the manager.',
    'access.pin-unfit': 'A PIN has 4 to 8 digits.',
    'access.pin-easy': 'This PIN is too easy to guess; choose digits that neither repeat nor count.',
    'access.too-many-look-ups': ({ retryAfterSeconds }, write) =>
      write.plural(retryAfterSeconds, {
        one: 'Too many look-ups. Please try again in # second.',
        other: 'Too many look-ups. Please try again in # seconds.',
      }),
    'access.enrol-code-unknown':
      'This code is not valid, was used before, or is older than ten minutes. Ask for a new one.',
    'access.tablet-unknown': 'This tablet is not enrolled here, or no longer. Ask the manager for a code.',
    'access.token-needed': 'This needs a valid token: send it as "Authorization: Bearer …".',
    'access.staff-token-needed': 'Sign in with a staff token; "npx foyer token --staff" makes one.',
    'access.not-allowed': 'This token may not do that.',
    'access.not-on-shift': 'This token is not of a shift.',
    'access.challenge-over': 'This tablet has to prove once more who it is; it does so by itself.',
    'access.pin-of-another': 'Her PIN is set by an administrator: npx foyer staff pin.',
    'access.staff-elsewhere': 'She does not work in a store of yours.',
    'access.store-elsewhere': 'This is not a store of yours.',
    'access.tablet-elsewhere': 'There is no such tablet in a store of yours.',
    'access.not-that-store': 'This sign-in is of another store. Please use a tablet of that store, or sign in there.',
    'access.tablet-alone': 'A tablet alone cannot serve anybody. Please open a shift first.',

    'input.too-long': ({ field, most }, write) => `${write.field(field)} can have at most ${most} characters.`,
    'input.length': ({ field, least, most }, write) => `${write.field(field)} needs ${least} to ${most} characters.`,
    'input.too-small': ({ field, least }, write) => `${write.field(field)} must be at least ${least}.`,
    'input.too-large': ({ field, most }, write) => `${write.field(field)} can be at most ${most}.`,
    'input.characters': ({ field }, write) =>
      `${write.field(field)} is empty or holds a character that cannot be kept.`,
    'input.unfit': ({ field }, write) => `${write.field(field)} cannot be read. Please check it.`,
    'input.nobody-sought': 'Please give a name, or a number or address.',
    'input.nobody-named': 'Please give a code, a number or address, or a name, or choose somebody.',
    'input.too-long-ago':
      'This was more than 72 hours ago, so it is not taken any more. Please check the clock of the tablet.',
    'input.configuration-elsewhere': 'That configuration is not one of this visitor.',

    'fault.unavailable': 'Foyer cannot reach its database just now. Try again in a moment; nothing was lost.',
    'fault.internal': ({ faultId }) => `Something went wrong on our side. Quote fault ${faultId} to support.`,

    'evidence.compared': ({ field, level, under, isHeldByOthers }, write) =>
      [
        write.evidence(field, level),
        ...(under ? [write.lowered(under)] : []),
        ...(isHeldByOthers ? [write.lowered('heldByOthers')] : []),
      ].join(' '),
    'evidence.householdCap': 'What a whole household shares counts only so much.',
    'evidence.unproven': 'Nothing in it is one person’s alone, so it stays below what would join.',
    'evidence.proof': ({ kind, shown }, write) => `Both are known by the same ${write.identifier(kind)} (${shown}).`,
    'evidence.shared-proof': ({ kind, shown }, write) =>
      `Both are known by the same ${write.identifier(kind)} (${shown}), which others share, and by the same first name.`,
    'evidence.device': 'Seen on the same device, on which nobody else is known.',
    'evidence.judged': ({ why }) => `Somebody judged them to be the same person: ${why}`,

    'guard.names': 'Held apart: as a whole the two customers bear first names that contradict each other.',
    'guard.births': 'Held apart: the two customers have different dates of birth.',
    'guard.worth': 'Held apart: others state the same contact, or neither of the two has proved that it is hers.',
    'guard.values': ({ kind }, write) =>
      `Held apart: the two customers bear different values of what tells people apart (${write.identifier(kind)}).`,

    'match.pass.verified': 'Showed a pass made while signed in to the web shop.',
    'match.pass': 'Showed a fresh pass from the web shop.',
    'match.wallet': 'Showed the rotating code of the wallet card.',
    'match.link': 'Showed the personal link from our message.',
    'match.configuration': 'Gave the code of a configuration, which says nothing about the person.',
    'match.loyalty.presented': 'Showed a loyalty card.',
    'match.name': 'The name given is the one we know.',
    'match.alike': 'What was said, taken together, is much like what we know of this customer.',
    'match.claim': 'What was entered in the web shop names this customer; nobody has verified it.',
    'match.identifier': ({ kind }, write) => `The ${write.identifier(kind)} given is one we know.`,
    'match.new.name': 'A new acquaintance; this is the name she gave.',
    'match.new.identifier': ({ kind }, write) => `A new acquaintance; this is the ${write.identifier(kind)} she gave.`,

    'page.greeting': ({ model }) => `Your ${model} is ready to be seen.`,
    'door.announced': ({ minutes }, write) =>
      minutes === null
        ? 'A colleague will come to you. Please look around until then.'
        : write.plural(minutes, {
            one: 'A colleague will come to you within a minute.',
            other: 'A colleague will come to you within # minutes. Please look around until then.',
          }),

    'warning.two-stores':
      'The pass of this visitor was shown in two stores. Please make sure who it is before you show anything.',
    'because.two-stores': 'The same pass was scanned in another store within ten minutes.',

    'activity.configured': ({ model, saved }) =>
      saved ? `Configured and saved the ${model}` : `Configured the ${model}`,
    'activity.quote-asked': ({ model }) => `Asked for a quote for the ${model}`,
    'activity.shared': ({ model }) => `Shared the configuration of the ${model}`,
    'activity.ordered': ({ label }) => `Ordered: ${label}`,
    'activity.viewed': ({ labels }, write) => `Was interested in ${write.list(labels)}`,
    'activity.browsed': 'Visited our pages',
    'activity.appointment-booked': ({ at }, write) =>
      at ? `Booked an appointment for ${write.date(at)} at ${write.time(at)}` : 'Booked an appointment',
    'activity.contacted': ({ channel, topic }, write) =>
      topic ? `In touch ${write.channel(channel)}: ${topic}` : `In touch ${write.channel(channel)}`,
    'activity.matter-opened': ({ department }, write) => `A matter was opened with ${write.department(department)}`,
    'activity.matter-closed': ({ department }, write) => `A matter was settled by ${write.department(department)}`,
    'activity.visited': ({ store }) => (store ? `Visited us in ${store}` : 'Visited us'),
    'activity.signed-in': 'Signed in',
    'activity.other': ({ name }) => `Other: ${name}`,

    'headline.appointment': ({ at }, write) => `You have an appointment with us at ${write.time(at)}; good to see you.`,
    'headline.open-matter': ({ department }, write) =>
      `I see something is still open with ${write.department(department)}; shall I ask them for you?`,
    'headline.price-down': ({ model, by }, write) =>
      `The price of your ${model} has come down by ${write.money(by)} since you were here.`,
    'headline.built-price-down': ({ model, options, by }, write) =>
      `You built the ${model} with ${write.list(options)}; the price has come down by ${write.money(by)} since.`,
    'headline.price-up': ({ model, now }, write) =>
      `Your ${model} is at ${write.money(now)} now; let me show you what changed since you were here.`,
    'headline.rebuilt': ({ model, options, now }, write) =>
      `You have changed the ${model} since you were here, now with ${write.list(options)}; it comes to ${write.money(now)}.`,
    'headline.rebuilt-for-less': ({ model, options, by }, write) =>
      `You have changed the ${model} since you were here, now with ${write.list(options)}; it comes to ${write.money(by)} less.`,
    'headline.taken-back': ({ model, option }) =>
      `You had thought about ${option} for the ${model}; would you like to see it here before you decide?`,
    'headline.quote': ({ model }) => `You asked us for a quote for the ${model}; we can go through it together.`,
    'headline.built': ({ model, options }, write) =>
      options.length > 0
        ? `You built the ${model} with ${write.list(options)}; would you like to see it here?`
        : `You built the ${model}; would you like to see it here?`,
    'headline.bought': ({ label, at }, write) => `You bought ${label} in ${write.month(at)}; are you happy with it?`,
    'headline.owns': ({ label, since }, write) =>
      since ? `You have had your ${label} since ${write.year(since)}; how is it doing?` : `How is your ${label} doing?`,
    'headline.member-since': ({ at }, write) => `You have been with us since ${write.year(at)}; thank you for that.`,

    'because.appointment': ({ at }, write) => `An appointment is booked for ${write.date(at)} at ${write.time(at)}.`,
    'because.open-matter': ({ department, openedAt }, write) =>
      `A matter has been open with ${write.department(department)} since ${write.date(openedAt)}.`,
    'because.price-changed': ({ before, after, seenAt }, write) =>
      `It was ${write.money(before)} at the visit on ${write.date(seenAt)} and is ${write.money(after)} now.`,
    'because.rebuilt': ({ seenAt }, write) => `Other options were chosen than at the visit on ${write.date(seenAt)}.`,
    'because.taken-back': ({ option, at }, write) => `${option} was chosen and taken back, last on ${write.date(at)}.`,
    'because.quote': ({ at }, write) => `The quote was asked for on ${write.date(at)}.`,
    'because.built': ({ at }, write) => `The configuration was last changed on ${write.date(at)}.`,
    'because.bought': ({ at, channel }, write) => `Bought ${write.channel(channel)} on ${write.date(at)}.`,
    'because.owns': ({ label }) => `${label} is registered in this name.`,
    'because.member-since': ({ at }, write) => `A customer since ${write.date(at)}.`,

    'issue.open': ({ department, complaint }, write) =>
      `${complaint ? 'A complaint' : 'Something'} is open with ${write.department(department)}.`,

    'withheld.until-confirmed': 'Shown once you have greeted the visitor by name and confirmed it.',
    'withheld.consent': ({ purpose }) => `The customer does not want this to be used (${purpose}).`,
    'withheld.complaint': 'Nothing to sell now: something is still to be put right first.',
    'withheld.open-matter': ({ department }, write) =>
      `There is an open matter; please ask ${write.department(department)}.`,
    'withheld.department': ({ department }, write) =>
      `Something of ${write.department(department)} stays there; please ask them.`,
    'withheld.anonymous': 'Nobody knows yet who this is.',
    'withheld.choose': 'It may be one of several people; shown once one of them is chosen.',
  },
});

import { definePolicies, open } from '../access/policy.js';

definePolicies('Customer', {
  id: open,
  formerIds: open,
  records: open,
  judgements: open,
  related: open,
  whyOne: open,
});
definePolicies('RelatedCustomer', { customer: open, recordA: open, recordB: open, evidence: open });
definePolicies('CustomerRecord', {
  id: open,
  customerId: open,
  source: open,
  department: open,
  firstSeenAt: open,
  lastSeenAt: open,
  values: open,
});
definePolicies('RecordValue', { field: open, text: open, isMasked: open });
definePolicies('EvidenceLine', { field: open, text: open, weight: open });
definePolicies('Tie', { recordA: open, recordB: open, kind: open, weight: open, evidence: open, judgementId: open });
definePolicies('Judgement', { id: open, recordA: open, recordB: open, verdict: open, why: open, at: open, by: open });
definePolicies('FieldStanding', { field: open, standing: open });
definePolicies('ReviewPair', {
  id: open,
  a: open,
  b: open,
  fields: open,
  weight: open,
  heldApart: open,
  evidence: open,
});
definePolicies('ReviewPage', { pairs: open, nextCursor: open, waiting: open, certainFrom: open });
definePolicies('Judged', { customers: open, judgementId: open });
definePolicies('RecordUnknown', { code: open, message: open });
definePolicies('CustomerUnknown', { code: open, message: open });
definePolicies('JudgementUnknown', { code: open, message: open });
definePolicies('NothingToSeparate', { code: open, message: open });
definePolicies('AlreadyOne', { code: open, message: open });
definePolicies('JudgedApart', { code: open, message: open, judgementIds: open });

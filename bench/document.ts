import { createHash } from 'node:crypto';

const money = '{ amountMinor currency }';
const option = `{ group code label price ${money} }`;
const store = '{ id code name timeZone currency promiseMinutes }';
const associate = '{ id displayName }';

/** Everything a salesperson can read of a visit. */
export const visitFields = `
  id store ${store} state purpose expectedAt arrivedAt takenAt endedAt calledName partySize
  recognition { status strength matchedBy { identifier strength explanation } candidates { id maskedName explanation } }
  associate ${associate}
  context {
    version asOf
    customer {
      id displayName language loyaltyId loyaltyTier since homeStore ${store} ownAssociate ${associate}
      sources { field source department asOf }
    }
    headline { id text because }
    configurations {
      id code model modelLabel options ${option} abandoned ${option} total ${money} imageUrl url revision startedAt lastEditedAt
      changeSinceLastVisit { added ${option} removed ${option} totalBefore ${money} totalAfter ${money} }
    }
    activity { id kind channel department occurredAt summary }
    ownedProducts { id label since detail }
    purchases { id label orderedAt total ${money} channel }
    withheld { field reason }
    freshness { step state computedAt }
  }`;

/** The query of the bench: the full selection of one visit. */
export const document = `query Bench($id: ID!) { visit(id: $id) { ${visitFields} } }`;

/** The name under which servers that persist documents know it. */
export const documentHash = createHash('sha256').update(document).digest('hex');

/** The body that asks for a visit, alike for all servers (Apollo's protocol of persisted queries). */
export function visitBody(id: string): string {
  return JSON.stringify({
    variables: { id },
    extensions: { persistedQuery: { version: 1, sha256Hash: documentHash } },
  });
}

/** What tablets follow. */
export const arrivalsDocument = `subscription Arrivals($storeId: ID!) { arrivals(storeId: $storeId) { cursor kind visit { ${visitFields} } } }`;

/** How visitors check in. */
export const checkInDocument = `mutation Arrive($input: CheckInInput!) {
  checkIn(input: $input) { __typename ... on CheckedIn { repeated visit { ${visitFields} } } ... on Refusal { code message } } }`;

/** How they are seen off. */
export const endVisitDocument = `mutation SeeOff($input: EndVisitInput!) { endVisit(input: $input) { __typename } }`;

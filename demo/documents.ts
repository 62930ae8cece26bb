/** The operations of the story, as any client would write them. */
const context = `
  version
  customer { displayName loyaltyId loyaltyTier }
  headline { text because }
  configurations {
    code model modelLabel revision total { amountMinor currency }
    options { label price { amountMinor currency } } abandoned { label }
    changeSinceLastVisit { added { label } removed { label } totalBefore { amountMinor currency } totalAfter { amountMinor currency } }
  }
  activity { occurredAt channel department summary }
  ownedProducts { label }
  purchases { label orderedAt total { amountMinor currency } }
  withheld { field reason }
  freshness { step state }`;

const visit = `
  id state calledName
  recognition { status strength matchedBy { identifier strength explanation } candidates { maskedName } }
  associate { displayName }
  context { ${context} }`;

const changed = `__typename ... on VisitChanged { visit { id state } } ... on NotPossibleNow { takenBy { displayName } } ... on Refusal { code message }`;

export const saveConfiguration = `mutation ($input: SaveConfigurationInput!) {
  saveConfiguration(input: $input) {
    ... on SavedConfiguration { configuration { code revision } pass { url expiresAt } link }
    ... on Refusal { code message }
  }
}`;
export const issueWalletPass = `mutation ($input: IssueWalletPassInput!) {
  issueWalletPass(input: $input) { ... on WalletPass { pageUrl } ... on Refusal { code message } }
}`;
export const walletPage = `query ($token: String!) { walletPage(token: $token) { codes { text } } }`;
export const checkIn = `mutation ($input: CheckInInput!) {
  checkIn(input: $input) { __typename ... on CheckedIn { repeated visit { ${visit} } } ... on Refusal { code message } }
}`;
export const readVisit = `query ($id: ID!) { visit(id: $id) { ${visit} } }`;
export const takeVisit = `mutation ($visitId: ID!) { takeVisit(visitId: $visitId) { ${changed} } }`;
export const confirm = `mutation ($visitId: ID!) { confirmIdentity(visitId: $visitId) { ${changed} } }`;
export const endVisit = `mutation ($input: EndVisitInput!) { endVisit(input: $input) { ${changed} } }`;
export const readBoard = `query ($storeId: ID!) { board(storeId: $storeId) { cursor } }`;
export const arrivals = `subscription ($storeId: ID!, $after: String) { arrivals(storeId: $storeId, after: $after) { cursor kind visit { id state } } }`;

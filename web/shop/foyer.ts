import { AnalyticsBrowser } from '@segment/analytics-next';

/** What the shop has to say to Foyer: where it is, and the shop's public browser key. */
export interface Foyer {
  origin: string;
  key: string;
}
export interface Saved {
  configuration: { code: string };
  pass: { url: string; svg: string; expiresAt: string };
  link: string;
  /** The time at Foyer; null where it allows another origin no look at it. */
  at: string | null;
}

/** Foyer says no, in words for the customer. */
export class Refused extends Error {}

interface Answer {
  data?: { saveConfiguration: Omit<Saved, 'at'> | { message: string } } | null;
  errors?: { message: string }[];
}

const saveConfiguration = `mutation ($input: SaveConfigurationInput!) {
  saveConfiguration(input: $input) {
    ... on SavedConfiguration { configuration { code } pass { url svg expiresAt } link }
    ... on Refusal { code message }
  }
}`;

/** The tracking SDK that the site has anyway, pointed at Foyer. */
export function trackWith({ origin, key }: Foyer): AnalyticsBrowser {
  const { host, protocol } = new URL(origin);
  return AnalyticsBrowser.load(
    { writeKey: key, cdnURL: origin },
    { integrations: { 'Segment.io': { apiHost: `${host}/v1`, protocol: protocol.slice(0, -1) as 'http' | 'https' } } },
  );
}

/** "See it in the store": saves the configuration and answers with the code to show at the door. */
export async function seeItInTheStore({ origin, key }: Foyer, input: object): Promise<Saved> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${key}`,
      'accept-language': document.documentElement.lang,
    },
    body: JSON.stringify({ query: saveConfiguration, variables: { input } }),
  });
  if (!response.ok) throw new Error(`Foyer answered ${response.status}.`);
  const { data, errors } = (await response.json()) as Answer;
  const answer = data?.saveConfiguration;
  if (!answer) throw new Error(errors?.[0]?.message);
  if (!('link' in answer)) throw new Refused(answer.message);
  return { ...answer, at: response.headers.get('date') };
}

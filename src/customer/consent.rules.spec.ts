import { kindOf } from '../ingest/kinds.js';
import type { ReceivedMessage, TrackingEvent } from '../ingest/tracking-event.js';
import { consentsOf } from './consent.rules.js';

const at = new Date('2026-03-10T11:00:00Z');
const source = {
  id: 's',
  code: 'web',
  name: 'Web',
  kind: 'web-shop',
  department: 'online',
  country: 'DE',
  trusted: false,
  storeId: null,
};

function said(event: string, body: TrackingEvent): unknown[] {
  const kind = kindOf('track', event);
  const message: ReceivedMessage = {
    id: 'm',
    receivedAt: at,
    occurredAt: at,
    source,
    asserted: true,
    kind,
    body: { type: 'track', event, ...body },
  };
  return consentsOf(message).map(({ purpose, channel, granted }) => `${purpose}/${channel} ${granted ? 'yes' : 'no'}`);
}

describe('consent', () => {
  it('is one word, or a list of them', () => {
    expect(said('Consent Updated', { properties: { purpose: 'Marketing', channel: 'email', granted: true } })).toEqual([
      'marketing/email yes',
    ]);
    const consents = [
      { purpose: 'marketing', status: 'withdrawn' },
      { purpose: 'profiling', granted: 'opt-in' },
      { purpose: 'odd', granted: 7 },
    ];
    expect(said('Consent Updated', { properties: { consents } })).toEqual(['marketing/any no', 'profiling/any yes']);
  });

  it('is read from a banner as Segment’s SDKs send it', () => {
    const context = { consent: { categoryPreferences: { Advertising: false, Analytics: true } } };
    expect(said('Segment Consent Preference Updated', { context })).toEqual([
      'advertising/any no',
      'analytics/any yes',
    ]);
  });

  it('is refused where one message says both', () => {
    const consents = [
      { purpose: 'marketing', granted: false },
      { purpose: 'marketing', granted: true },
    ];
    expect(said('Consent Updated', { properties: { consents } })).toEqual(['marketing/any no']);
  });

  it('is not taken from other events', () => {
    expect(said('Product Viewed', { context: { consent: { categoryPreferences: { Advertising: true } } } })).toEqual(
      [],
    );
  });
});

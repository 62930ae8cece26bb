import type { DataSourceOptions } from 'typeorm';
import { AccessToken } from './src/access/access-token.entity.js';
import { EnrolCode } from './src/access/enrolment/enrol-code.entity.js';
import { StaffPin } from './src/access/enrolment/staff-pin.entity.js';
import { TabletKey } from './src/access/enrolment/tablet-key.entity.js';
import { SourceKey } from './src/access/source-key.entity.js';
import { Source } from './src/access/source.entity.js';
import { StaffStore } from './src/access/staff-store.entity.js';
import { Staff } from './src/access/staff.entity.js';
import { Store } from './src/access/store.entity.js';
import { Tablet } from './src/access/tablet.entity.js';
import { Configuration } from './src/configurator/configuration.entity.js';
import { Activity } from './src/customer/activity.entity.js';
import { Consent } from './src/customer/consent.entity.js';
import { OpenMatter } from './src/customer/open-matter.entity.js';
import { OwnedProduct } from './src/customer/owned-product.entity.js';
import { Purchase } from './src/customer/purchase.entity.js';
import { Fact } from './src/enrichment/fact.entity.js';
import { MessageKey } from './src/ingest/message-key.entity.js';
import { Message } from './src/ingest/message.entity.js';
import { Quarantined } from './src/ingest/quarantine.entity.js';
import { FeedEntry, StoreFeed } from './src/visit/feed.entity.js';
import { VisitCandidate } from './src/visit/visit-candidate.entity.js';
import { VisitSeen } from './src/visit/visit-seen.entity.js';
import { Visit } from './src/visit/visit.entity.js';
import { Recognise1700000000000 } from './migrations/1700000000000-recognise.js';
import { EnrolTablets1700000001000 } from './migrations/1700000001000-enrol-tablets.js';
import { Wallet1700000002000 } from './migrations/1700000002000-wallet.js';
import { ImportRuns1700000003000 } from './migrations/1700000003000-import-runs.js';
import { ScoringModel1700000003500 } from './migrations/1700000003500-scoring-model.js';
import { OutboxOrder1700000004000 } from './migrations/1700000004000-outbox-order.js';
import { Resolve1700000005000 } from './migrations/1700000005000-resolve.js';
import { MatchKeyByHash1700000008000 } from './migrations/1700000008000-match-key-by-hash.js';
import { DepartmentNumbers1700000009000 } from './migrations/1700000009000-department-numbers.js';
import { LeanMatchKeys1700000010000 } from './migrations/1700000010000-lean-match-keys.js';
import { RefusedPairs1700000011000 } from './migrations/1700000011000-refused-pairs.js';
import { TurnsOfWriting1700000012000 } from './migrations/1700000012000-turns-of-writing.js';

/** Every migration, oldest first; one that has landed is never edited. */
export const migrations: NonNullable<DataSourceOptions['migrations']> = [
  Recognise1700000000000,
  EnrolTablets1700000001000,
  Wallet1700000002000,
  ImportRuns1700000003000,
  ScoringModel1700000003500,
  OutboxOrder1700000004000,
  Resolve1700000005000,
  MatchKeyByHash1700000008000,
  DepartmentNumbers1700000009000,
  LeanMatchKeys1700000010000,
  RefusedPairs1700000011000,
  TurnsOfWriting1700000012000,
];

/** Every entity, room by room. */
export const entities: (new () => object)[] = [
  Store,
  Staff,
  StaffStore,
  Tablet,
  Source,
  SourceKey,
  AccessToken,
  TabletKey,
  EnrolCode,
  StaffPin,
  Message,
  MessageKey,
  Quarantined,
  Activity,
  Purchase,
  OwnedProduct,
  OpenMatter,
  Consent,
  Configuration,
  Visit,
  VisitCandidate,
  VisitSeen,
  StoreFeed,
  FeedEntry,
  Fact,
];

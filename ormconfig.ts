import type { DataSourceOptions } from 'typeorm';
import { AccessToken } from './src/access/access-token.entity.js';
import { SourceKey } from './src/access/source-key.entity.js';
import { Source } from './src/access/source.entity.js';
import { StaffStore } from './src/access/staff-store.entity.js';
import { Staff } from './src/access/staff.entity.js';
import { Store } from './src/access/store.entity.js';
import { Tablet } from './src/access/tablet.entity.js';
import { Activity } from './src/customer/activity.entity.js';
import { Consent } from './src/customer/consent.entity.js';
import { OpenMatter } from './src/customer/open-matter.entity.js';
import { OwnedProduct } from './src/customer/owned-product.entity.js';
import { Purchase } from './src/customer/purchase.entity.js';
import { MessageKey } from './src/ingest/message-key.entity.js';
import { Message } from './src/ingest/message.entity.js';
import { Quarantined } from './src/ingest/quarantine.entity.js';
import { Recognise1700000000000 } from './migrations/1700000000000-recognise.js';

/** Every migration, oldest first; one that has landed is never edited. */
export const migrations: NonNullable<DataSourceOptions['migrations']> = [Recognise1700000000000];

/** Every entity, room by room. */
export const entities: (new () => object)[] = [
  Store,
  Staff,
  StaffStore,
  Tablet,
  Source,
  SourceKey,
  AccessToken,
  Message,
  MessageKey,
  Quarantined,
  Activity,
  Purchase,
  OwnedProduct,
  OpenMatter,
  Consent,
];

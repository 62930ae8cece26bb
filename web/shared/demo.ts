import { Unreachable } from './ask.js';
import { t } from './words.js';

/** What the demo tells a newcomer's browser. */
export interface Demo {
  shopKey: string;
  tabletToken: string;
  managerToken: string;
  storeCode: string;
  loyaltyId: string;
  cardPage: string;
}

/** Null where the server is no demo. @throws Unreachable when that cannot be found out just now. */
export async function askDemo(): Promise<Demo | null> {
  try {
    const answer = await fetch('/demo.json');
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(t('shared.answered', { status: answer.status }));
    return (await answer.json()) as Demo;
  } catch (cause) {
    throw new Unreachable(t('shared.unreachable'), { cause });
  }
}

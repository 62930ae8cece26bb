import type { Page } from 'playwright-core';
import { newId } from '../../src/shared/ids.js';
import { ask } from '../api.js';
import { saveConfiguration } from '../documents.js';
import { arrives, tablet, type Studio } from './studio.js';

/** A tablet without a network: the board as of when, what waits, and what came back when the network did. */
export async function offline(studio: Studio): Promise<void> {
  const { open, take, shift } = studio;
  const board = await open(tablet, `/tablet#token=${shift}`);
  await board.getByText('Live', { exact: true }).waitFor();
  await board.context().setOffline(true);
  await board.getByText(/^Offline/).waitFor();
  await take(board, 'board-offline');
  const pass = await passFromTheShop(studio);
  await arrives(studio, { code: pass }, 'south');
  await checkIn(board, 'No code', /What shall we call out/, 'Red scarf');
  await checkIn(board, 'Type a code', 'Code, card or loyalty number', pass);
  await board.getByText('2 entries wait for the connection.').waitFor();
  await saysNothing(board);
  await take(board, 'board-offline-queue');
  await board.context().setOffline(false);
  await board.getByText('was not accepted').waitFor();
  await saysNothing(board);
  await take(board, 'board-conflict');
}

/** What a step said has been read, and is gone. */
function saysNothing(board: Page): Promise<void> {
  return board.locator('.said[data-empty=true]').waitFor({ state: 'attached' });
}

async function passFromTheShop({ url, retailer }: Studio): Promise<string> {
  const input = {
    ...{ idempotencyKey: newId(), sessionId: newId(), identifiers: [], model: 'skar', modelLabel: 'Halden Skar' },
    ...{ options: [], total: { amountMinor: 4_490_000, currency: 'EUR' } },
  };
  const { saveConfiguration: saved } = await ask<{ saveConfiguration: { pass: { url: string } } }>(
    url,
    retailer.keys.shop,
    saveConfiguration,
    { input },
  );
  return saved.pass.url;
}

async function checkIn(board: Page, way: string, label: string | RegExp, said: string): Promise<void> {
  await board.getByRole('button', { name: 'Check in' }).click();
  await board.getByRole('tab', { name: way }).click();
  await board.getByLabel(label).fill(said);
  await board.getByRole('tabpanel').getByRole('button', { name: 'Check in' }).click();
  await board.getByRole('dialog').waitFor({ state: 'detached' });
}

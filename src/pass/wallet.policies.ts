import { definePolicies, only, open } from '../access/policy.js';

const theServer = only<unknown>('the server of a shop', ({ kind, asserts }) => kind === 'SOURCE' && asserts);

definePolicies('WalletPass', { id: theServer, googleWalletObject: theServer, saveUrl: theServer, pageUrl: theServer });
definePolicies('MemberUnknown', { code: open, message: open });
definePolicies('WalletPage', { codes: open, stepSeconds: open, saveUrl: open });
definePolicies('RotatingCode', { text: open, svg: open, from: open, until: open });

/** Call types of the tracking API that tell of somebody. */
export const callTypes = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const;
/** One call type of the tracking API. */
export type CallType = (typeof callTypes)[number];

/**
 * What is understood by the name of a tracked event, in the words of the e-commerce spec, of the configurator
 * and of the departments. Names are compared without regard to case, spaces and underscores.
 */
const namesByKind = {
  'configuration.started': ['Configuration Started'],
  'option.selected': ['Option Selected'],
  'option.removed': ['Option Removed'],
  'configuration.saved': ['Configuration Saved'],
  'configuration.shared': ['Configuration Shared'],
  'configuration.quoted': ['Configuration Quote Requested'],
  'appointment.booked': ['Appointment Booked'],
  'product.searched': ['Products Searched'],
  'product.listed': ['Product List Viewed', 'Product List Filtered'],
  'product.clicked': ['Product Clicked'],
  'product.viewed': ['Product Viewed'],
  'product.reviewed': ['Product Reviewed'],
  'product.shared': ['Product Shared'],
  'promotion.viewed': ['Promotion Viewed'],
  'promotion.clicked': ['Promotion Clicked'],
  'cart.added': ['Product Added', 'Wishlist Product Added to Cart'],
  'cart.removed': ['Product Removed'],
  'cart.viewed': ['Cart Viewed'],
  'cart.shared': ['Cart Shared'],
  'wishlist.added': ['Product Added to Wishlist'],
  'wishlist.removed': ['Product Removed from Wishlist'],
  'checkout.started': ['Checkout Started'],
  'checkout.step': ['Checkout Step Viewed', 'Checkout Step Completed', 'Payment Info Entered'],
  'coupon.applied': ['Coupon Entered', 'Coupon Applied'],
  'coupon.denied': ['Coupon Denied', 'Coupon Removed'],
  'order.completed': ['Order Completed'],
  'order.updated': ['Order Updated'],
  'order.refunded': ['Order Refunded'],
  'order.cancelled': ['Order Cancelled', 'Order Canceled'],
  'product.owned': ['Product Registered', 'Product Owned', 'Product Delivered'],
  'product.disowned': ['Product Deregistered', 'Product Returned', 'Product Sold On'],
  'matter.opened': ['Service Case Opened', 'Complaint Opened', 'Invoice Overdue'],
  'matter.closed': ['Service Case Closed', 'Complaint Closed', 'Invoice Paid'],
  contact: ['Contact Made'],
  consent: ['Consent Updated', 'Segment Consent Preference Updated'],
  'signed-in': ['Signed In', 'Signed Up'],
} as const;

/** What a message is about, as far as it is understood; `other` is kept and shown as a gap. */
export type MessageKind = keyof typeof namesByKind | 'identify' | 'page' | 'alias' | 'group' | 'other';

const kindsByName = new Map<string, MessageKind>(
  Object.entries(namesByKind).flatMap(([kind, names]) =>
    names.map((name): [string, MessageKind] => [canonicalName(name), kind as MessageKind]),
  ),
);

/** Lower case without separators: `Order Completed`, `order_completed` and `orderCompleted` are one name. */
export function canonicalName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** What a message is about, by its call type and the name of its event. */
export function kindOf(type: string, event: string | undefined): MessageKind {
  if (type === 'track') return kindsByName.get(canonicalName(event ?? '')) ?? 'other';
  if (type === 'identify' || type === 'alias' || type === 'group') return type;
  return type === 'page' || type === 'screen' ? 'page' : 'other';
}

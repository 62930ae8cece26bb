/**
 * Where a page finds the picture of a configuration without asking another origin:
 * one of ours as it is, the shop's by way of the server, which knows whom it may ask.
 */
export function pictureOf({ id, imageUrl, revision }: Pictured): string | null {
  if (!imageUrl) return null;
  if (imageUrl.startsWith('data:')) return imageUrl;
  const url = URL.canParse(imageUrl, location.origin) ? new URL(imageUrl, location.origin) : null;
  return url?.origin === location.origin ? url.href : `/pictures/${id}?revision=${revision}`;
}

interface Pictured {
  id: string;
  imageUrl: string | null;
  revision: number;
}

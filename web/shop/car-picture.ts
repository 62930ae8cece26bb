interface Body {
  /** x of the front and rear ends, and of both wheels. */
  ends: [number, number];
  wheels: [number, number];
  /** Height of sill, belt line, nose and tail. */
  sill: number;
  belt: number;
  nose: number;
  tail: number;
  /** The outline above the belt: foot and head of the windscreen, end of the roof, foot of the rear window. */
  glass: [number, number, number, number];
  roof: number;
  roofEnd: number;
  /** x of the pillars between the side windows. */
  pillars: number[];
}

/** Side views, front to the left, on a ground at y = 270. */
const bodies: Record<string, Body> = {
  vik: {
    ends: [190, 612],
    wheels: [268, 536],
    sill: 242,
    belt: 158,
    nose: 172,
    tail: 160,
    glass: [288, 348, 540, 592],
    roof: 84,
    roofEnd: 92,
    pillars: [446],
  },
  sund: {
    ends: [130, 668],
    wheels: [222, 574],
    sill: 244,
    belt: 160,
    nose: 178,
    tail: 164,
    glass: [268, 350, 560, 636],
    roof: 92,
    roofEnd: 104,
    pillars: [446, 548],
  },
  fjord: {
    ends: [90, 716],
    wheels: [192, 602],
    sill: 244,
    belt: 160,
    nose: 180,
    tail: 162,
    glass: [246, 332, 630, 694],
    roof: 94,
    roofEnd: 102,
    pillars: [434, 546],
  },
  fjell: {
    ends: [110, 692],
    wheels: [206, 590],
    sill: 232,
    belt: 144,
    nose: 156,
    tail: 146,
    glass: [262, 336, 610, 668],
    roof: 72,
    roofEnd: 80,
    pillars: [434, 540],
  },
  skar: {
    ends: [96, 706],
    wheels: [196, 598],
    sill: 246,
    belt: 170,
    nose: 192,
    tail: 168,
    glass: [280, 372, 506, 652],
    roof: 112,
    roofEnd: 118,
    pillars: [470],
  },
  holm: {
    ends: [104, 704],
    wheels: [200, 596],
    sill: 240,
    belt: 146,
    nose: 158,
    tail: 140,
    glass: [212, 296, 664, 692],
    roof: 58,
    roofEnd: 62,
    pillars: [400, 530],
  },
};

const paints: Record<string, [light: string, base: string, deep: string]> = {
  chalk: ['#ffffff', '#e6e8ea', '#b4bac1'],
  pine: ['#5c8f78', '#285a47', '#14352a'],
  rowan: ['#e2685c', '#b3322c', '#721a1a'],
  lake: ['#6d9fcf', '#2f659f', '#193d66'],
  slate: ['#9aa3ad', '#5c6670', '#343b43'],
};

const looks = [Object.keys(bodies), Object.keys(paints), ['stone', 'vane'], ['steel', 'glass'], ['plain', 'tow']];

/** Every model, paint, wheel, roof and tow bar there is a picture of. */
export function pictureNames(): string[] {
  let names = [''];
  for (const choices of looks)
    names = names.flatMap((name) => choices.map((each) => (name ? `${name}-${each}` : each)));
  return names;
}

/** Draws one car from its options: "fjord-pine-vane-glass-tow". */
export function drawCar(name: string): string | null {
  const [model = '', paint = '', wheels = '', roof = '', tow = ''] = name.split('-');
  const body = bodies[model];
  const colour = paints[paint];
  if (!body || !colour) return null;
  const [light, base, deep] = colour;
  const radius = wheels === 'vane' ? 45 : 43;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="60 30 690 260" role="img">`,
    `<defs><linearGradient id="p" x2="0" y2="1"><stop stop-color="${light}"/><stop offset=".5" stop-color="${base}"/><stop offset="1" stop-color="${deep}"/></linearGradient>`,
    `<linearGradient id="g" x2=".5" y2="1"><stop stop-color="#5d6b78"/><stop offset=".55" stop-color="#27303a"/><stop offset="1" stop-color="#171c22"/></linearGradient>`,
    `<radialGradient id="s"><stop stop-color="#0b0d10" stop-opacity=".42"/><stop offset="1" stop-color="#0b0d10" stop-opacity="0"/></radialGradient></defs>`,
    `<ellipse cx="${(body.ends[0] + body.ends[1]) / 2}" cy="272" rx="${(body.ends[1] - body.ends[0]) * 0.56}" ry="15" fill="url(#s)"/>`,
    tow === 'tow'
      ? `<path d="M${body.ends[1] - 14} ${body.sill - 8}h26v-14" fill="none" stroke="#7d8791" stroke-width="6" stroke-linecap="round"/><circle cx="${body.ends[1] + 12}" cy="${body.sill - 26}" r="6" fill="#7d8791"/>`
      : '',
    `<path d="${outline(body)}" fill="url(#p)"/>`,
    `<path d="${sill(body)}" fill="#14171c" opacity=".55"/>`,
    roof === 'glass' ? `<path d="${roofBand(body)}" fill="#1c232b"/>` : '',
    windows(body, base),
    shoulder(body, light),
    lights(body),
    doors(body, deep),
    ...body.wheels.map((x) => wheel(x, radius, wheels)),
    `</svg>`,
  ].join('');
}

function outline({
  ends: [front, rear],
  sill,
  belt,
  nose,
  tail,
  glass: [foot, head, end, back],
  roof,
  roofEnd,
}: Body): string {
  return [
    `M${front + 20} ${sill}`,
    `C${front + 2} ${sill - 2} ${front - 4} ${sill - 22} ${front} ${nose + 22}`,
    `C${front + 3} ${nose + 4} ${front + 18} ${nose - 6} ${front + 46} ${nose - 10}`,
    `C${front + 90} ${nose - 18} ${foot - 50} ${belt - 2} ${foot} ${belt - 6}`,
    `C${foot + 26} ${belt - 34} ${head - 26} ${roof + 10} ${head} ${roof + 4}`,
    `C${head + 50} ${roof - 7} ${end - 70} ${roof - 6} ${end} ${roofEnd}`,
    `C${end + 24} ${roofEnd + 4} ${back - 22} ${belt - 30} ${back} ${tail - 6}`,
    `C${(back + rear) / 2 + 6} ${tail - 4} ${rear - 4} ${tail - 2} ${rear} ${tail + 16}`,
    `C${rear + 5} ${tail + 44} ${rear} ${sill - 12} ${rear - 16} ${sill}`,
    'Z',
  ].join(' ');
}

function sill({ ends: [front, rear], sill: y }: Body): string {
  return `M${front + 4} ${y - 14}H${rear - 5}L${rear - 16} ${y}H${front + 20}Z`;
}

function roofBand({ glass: [, head, end], roof, roofEnd }: Body): string {
  return `M${head + 4} ${roof + 6}C${head + 50} ${roof - 6} ${end - 70} ${roof - 5} ${end - 4} ${roofEnd + 2}L${end - 14} ${roofEnd + 9}C${end - 80} ${roof + 4} ${head + 60} ${roof + 3} ${head + 12} ${roof + 13}Z`;
}

function windows({ belt, glass: [foot, head, end, back], roof, roofEnd, pillars }: Body, base: string): string {
  const shape = `M${foot + 22} ${belt}C${foot + 44} ${belt - 30} ${head - 14} ${roof + 20} ${head + 8} ${roof + 14}C${head + 60} ${roof + 5} ${end - 70} ${roof + 6} ${end - 6} ${roofEnd + 12}C${end + 12} ${roofEnd + 16} ${back - 34} ${belt - 24} ${back - 22} ${belt - 2}Z`;
  const posts = pillars.map(
    (x, at) =>
      `<path d="M${x} ${roof}L${x + (at === 0 ? 4 : 14)} ${belt + 3}" stroke="${base}" stroke-width="${at === 0 ? 9 : 11}"/>`,
  );
  const gleam = `<path d="M${head + 30} ${roof + 4}h26L${head + 6} ${belt}h-26Z" fill="#fff" opacity=".09"/>`;
  return `<clipPath id="w"><path d="${shape}"/></clipPath><path d="${shape}" fill="url(#g)"/><g clip-path="url(#w)">${posts.join('')}${gleam}</g>`;
}

function shoulder({ ends: [front, rear], belt }: Body, light: string): string {
  return `<path d="M${front + 62} ${belt + 16}C${front + 200} ${belt + 6} ${rear - 200} ${belt + 4} ${rear - 16} ${belt + 14}" fill="none" stroke="${light}" stroke-width="3" opacity=".65" stroke-linecap="round"/>`;
}

function lights({ ends: [front, rear], nose, tail }: Body): string {
  return [
    `<path d="M${front + 4} ${nose + 10}C${front + 16} ${nose - 2} ${front + 36} ${nose - 4} ${front + 58} ${nose - 4}C${front + 50} ${nose + 8} ${front + 24} ${nose + 12} ${front + 4} ${nose + 10}Z" fill="#f6fbff" stroke="#20262d" stroke-opacity=".35"/>`,
    `<path d="M${rear - 30} ${tail + 4}C${rear - 14} ${tail + 2} ${rear - 4} ${tail + 6} ${rear + 1} ${tail + 22}L${rear - 8} ${tail + 26}C${rear - 18} ${tail + 18} ${rear - 28} ${tail + 14} ${rear - 30} ${tail + 4}Z" fill="#c2242b"/>`,
  ].join('');
}

function doors({ belt, sill: y, pillars, glass: [foot] }: Body, deep: string): string {
  const first = pillars[0] ?? foot + 140;
  const seams = [foot + 34, first + 4, ...(pillars[1] ? [pillars[1] + 6] : [])];
  const lines = seams
    .map((x) => `<path d="M${x} ${belt + 2}C${x - 3} ${belt + 34} ${x - 2} ${y - 36} ${x + 4} ${y - 16}"/>`)
    .join('');
  const handles = [first - 34, ...(pillars[1] ? [pillars[1] - 32] : [])].map(
    (x) =>
      `<rect x="${x}" y="${belt + 20}" width="26" height="5" rx="2.5" fill="${deep}" stroke="none" opacity=".75"/>`,
  );
  const mirror = `<path d="M${foot + 36} ${belt + 2}c-4 -14 -22 -16 -26 -4c-1 6 4 8 10 8z" fill="${deep}" stroke="none"/>`;
  return `<g fill="none" stroke="${deep}" stroke-width="1.6" opacity=".8">${lines}</g>${handles.join('')}${mirror}`;
}

function wheel(x: number, radius: number, kind: string): string {
  const y = 270 - radius;
  const rim = radius - 10;
  const spokes = kind === 'vane' ? 10 : 5;
  const width = kind === 'vane' ? 4 : 11;
  const parts = [
    `<circle cx="${x}" cy="${y}" r="${radius + 6}" fill="#0d1014"/>`,
    `<circle cx="${x}" cy="${y}" r="${radius}" fill="#1a1e24"/>`,
    `<circle cx="${x}" cy="${y}" r="${rim}" fill="#2a3038"/>`,
  ];
  for (let at = 0; at < spokes; at++)
    parts.push(
      `<path d="M${x} ${y}v-${rim - 2}" stroke="#c9d0d8" stroke-width="${width}" stroke-linecap="round" transform="rotate(${(360 / spokes) * at + 9} ${x} ${y})"/>`,
    );
  parts.push(
    `<circle cx="${x}" cy="${y}" r="${rim}" fill="none" stroke="#d6dce3" stroke-width="4"/>`,
    `<circle cx="${x}" cy="${y}" r="7" fill="#8f99a4"/>`,
  );
  return parts.join('');
}

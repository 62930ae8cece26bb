import { parse, validate, buildSchema } from 'graphql';
import { exampleEnvironment, settings } from '../src/shared/config.js';
import { say } from '../src/shared/catalogue/say.js';
import { expectCommitted, textOf } from './support/committed.js';

function settingsTable(): string {
  const rows = Object.values(settings).map(
    ({ variable, fallback, purpose }) =>
      `| \`${variable}\` | ${fallback === undefined ? '' : `\`${fallback}\``} | ${purpose} |`,
  );
  return ['| variable | default | what it does |', '|---|---|---|', ...rows].join('\n');
}

describe('the pages', () => {
  const readme = textOf('README.md');

  it('.env.example lists every setting with its default', () => {
    expectCommitted('.env.example', exampleEnvironment());
  });

  it('the README shows every setting', () => {
    const updated = readme.replace(
      /<!-- settings -->[\s\S]*<!-- \/settings -->/,
      `<!-- settings -->\n\n${settingsTable()}\n\n<!-- /settings -->`,
    );
    expectCommitted('README.md', updated);
  });

  it('the README quotes what a salesperson reads in the story of the demo', () => {
    const by = { amountMinor: 40_000, currency: 'EUR' };
    const said = say('en', 'headline.rebuilt-for-less', { model: 'Estate', options: ['Fir green', 'Tow bar'], by });
    expect(readme.replaceAll(/\s+/g, ' ')).toContain(`_${said}_`);
    for (const label of ['Fir green', 'Tow bar']) expect(textOf('demo/story.ts')).toContain(`label: '${label}'`);
  });

  it('the page on integrating shows the demo shop’s integration as it is, in less than 60 lines', () => {
    const code = textOf('web/shop/foyer.ts');
    const page = textOf('docs/integrate.md').replace(
      /<!-- web\/shop\/foyer.ts -->[\s\S]*<\/details>/,
      () => `<!-- web/shop/foyer.ts -->\n\n\`\`\`ts\n${code}\`\`\`\n\n</details>`,
    );
    expectCommitted('docs/integrate.md', page);
    expect(page).toContain(code);
    expect(code.split('\n').length).toBeLessThan(60);
  });

  it('the README names only npm scripts that exist', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    const named = [...readme.matchAll(/npm run ([a-z:]+)/g)].map((match) => match[1] ?? '');
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });

  it('the README’s queries are valid', () => {
    const schema = buildSchema(textOf('schema.graphql'));
    const queries = [...readme.matchAll(/```graphql\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
    expect(queries.length).toBeGreaterThan(0);
    for (const query of queries) expect(validate(schema, parse(query))).toEqual([]);
  });

  it('the README links only to pages that are there', () => {
    const links = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map((match) => match[1] ?? '');
    expect(links.filter((link) => !link.endsWith('/') && textOf(link) === '')).toEqual([]);
  });

  it('the page of libraries lists those of package.json, in their place, and no other', () => {
    const { dependencies, devDependencies } = JSON.parse(textOf('package.json')) as Record<
      string,
      Record<string, string>
    >;
    const [product, tools] = textOf('docs/dependencies.md')
      .split('## Tests')
      .map((part) => [...part.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1] ?? ''));
    expect(product).toEqual(Object.keys(dependencies ?? {}).sort());
    expect(tools).toEqual(Object.keys(devDependencies ?? {}).sort());
  });
});

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { builtInIds } from '../../src/prompt/actionIds.ts';
import { builtInActions } from '../../src/prompt/actions.ts';
import { editKeys } from '../../src/documents/editKeys.ts';
import { translator } from '../../src/shared/l10n.ts';

const root = new URL('../../', import.meta.url);

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(new URL(path, root), 'utf8'));
}

interface Manifest {
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly icon: string;
  readonly contributes: {
    readonly commands: readonly { command: string; title: string; category: string }[];
    readonly menus: Readonly<Record<string, readonly { command?: string; submenu?: string; when?: string }[]>>;
    readonly keybindings: readonly { command: string; key: string; mac?: string; when?: string }[];
    readonly viewsContainers: Readonly<Record<string, readonly { icon: string }[]>>;
    readonly views: Readonly<Record<string, readonly { icon: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

interface Setting {
  readonly order?: number;
  readonly scope?: string;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly items?: {
    readonly properties: { readonly parameters: { readonly properties: Readonly<Record<string, object>> } };
  };
}

describe('the manifest', () => {
  let manifest: Manifest;
  let everything: Json;
  before(async () => {
    manifest = await readJson('package.json');
    everything = await readJson('package.json');
  });

  it('has an English text for every %key%, and uses every text', async () => {
    const texts = await readJson<Record<string, string>>('package.nls.json');
    const used = strings(everything).flatMap((text) => /^%(.+)%$/.exec(text)?.[1] ?? []);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(texts).sort());
  });

  it('names every command and setting in a translatable text', () => {
    const { commands, configuration } = manifest.contributes;
    for (const { command, title, category } of commands) {
      assert.match(title, /^%.+%$/, command);
      assert.equal(category, 'Askance', command);
    }
    for (const [name, { description, markdownDescription }] of Object.entries(configuration.properties)) {
      assert.match(description ?? markdownDescription ?? '', /^%.+%$/, name);
    }
  });

  it('uses only its own commands in menus and keybindings', () => {
    const { commands, menus, keybindings } = manifest.contributes;
    const own = new Set(commands.map(({ command }) => command));
    const used = [...Object.values(menus).flat(), ...keybindings].flatMap(({ command }) => command ?? []);
    assert.deepEqual(
      used.filter((command) => !own.has(command)),
      [],
    );
  });

  it('shows in the palette only where it can do something what belongs to a place', () => {
    const { menus } = manifest.contributes;
    const palette = new Map(menus['commandPalette']?.map(({ command, when }) => [command, when]));
    const placed = ['askance.actions', 'terminal/context', 'scm/title'].flatMap((menu) => menus[menu] ?? []);
    assert.ok(placed.length > 10);
    for (const { command } of placed) assert.ok(palette.get(command), command);
  });

  it('has an entry in the palette and in the submenu for each action that Askance brings', () => {
    const { commands, menus } = manifest.contributes;
    const submenu = new Set(menus['askance.actions']?.map(({ command }) => command));
    for (const id of builtInIds) {
      assert.ok(
        commands.some(({ command }) => command === `askance.action.${id}`),
        id,
      );
      assert.ok(submenu.has(`askance.action.${id}`), id);
    }
  });

  it('offers to add types in the languages of that action, and no other', () => {
    const { languages = [] } = builtInActions(translator()).find(({ id }) => id === 'addTypes') ?? {};
    const { menus } = manifest.contributes;
    const entries = ['commandPalette', 'askance.actions'].flatMap((menu) => menus[menu] ?? []);
    const languagesOf = entries
      .filter(({ command }) => command?.endsWith('.addTypes'))
      .map(({ when }) => /\(\?:(.*)\)/.exec(when ?? '')?.[1]);
    const wanted = languages.map(({ language }) => language).join('|');
    assert.deepEqual(languagesOf, [wanted, wanted]);
  });

  it('gives each setting a place of its own', () => {
    const orders = Object.values(manifest.contributes.configuration.properties).map(({ order }) => order);
    assert.deepEqual(
      orders.toSorted((a = 0, b = 0) => a - b),
      orders.map((_, index) => index + 1),
    );
  });

  it('binds no key that types a character somewhere, and none without a condition', () => {
    for (const { key, when, command } of manifest.contributes.keybindings) {
      assert.doesNotMatch(key, /ctrl\+alt\+[a-z]\b/, `${command}: AltGr types with Ctrl+Alt`);
      assert.ok(when, command);
    }
  });

  it('binds the keys that are named above an edit', () => {
    const bound = new Map(manifest.contributes.keybindings.map((one) => [one.command, one]));
    for (const [command, [other, mac]] of Object.entries(editKeys)) {
      const { key, mac: onMac } = bound.get(`askance.${command}`) ?? {};
      assert.equal(key, other.toLowerCase(), command);
      assert.equal(onMac, mac.replaceAll('⌘', 'cmd+').replaceAll('⇧', 'shift+').toLowerCase(), command);
    }
  });

  it('names files that are there', () => {
    const { viewsContainers, views } = manifest.contributes;
    const icons = [...Object.values(viewsContainers), ...Object.values(views)].flat().map(({ icon }) => icon);
    for (const path of [manifest.icon, ...icons]) assert.ok(existsSync(fileURLToPath(new URL(path, root))), path);
  });

  it('is compiled against the oldest VS Code that it runs in', () => {
    assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode']}`);
  });

  it('keeps where requests go out of reach of a workspace', () => {
    const { properties } = manifest.contributes.configuration;
    const guarded = Object.keys(properties).filter((name) =>
      /^askance\.(?:connections?$|editConnection$|actions$|network\.)/.test(name),
    );
    assert.ok(guarded.length > 2);
    for (const name of guarded) assert.equal(properties[name]?.scope, 'application', name);
  });

  it('gives no parameter of a request a default: what is not set is not sent', () => {
    const parameters =
      manifest.contributes.configuration.properties['askance.connections']?.items?.properties.parameters;
    const schemas = Object.entries(parameters?.properties ?? {});
    assert.ok(schemas.length > 0);
    for (const [name, schema] of schemas) assert.ok(!('default' in schema), name);
  });
});

function strings(value: Json): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(strings);
}

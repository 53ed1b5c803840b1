import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import {
  askLocalServer,
  findLocalServers,
  type ProbeResult,
  type LocalServer,
} from '../api/connection/localServers.ts';
import { providerOf, providers, type Provider } from '../api/connection/providers.ts';
import { checkBaseUrl, requestUrl } from '../api/url.ts';
import type { NewConnection } from './newConnection.ts';
import { heading, showStep, type Step } from './multiStepInput.ts';
import { createInput, createPicker } from '../window/pickers.ts';

interface ProviderItem extends vscode.QuickPickItem {
  readonly provider?: Provider;
  readonly found?: ProbeResult;
  readonly baseUrl?: string;
}

/** Milliseconds between probes of local ports: a server may be started while the user chooses. */
const pause = 2000;

/** The endpoint: a running local server, a known provider, or any URL. */
export function providerStep(): Step<NewConnection> {
  return {
    applies: () => true,
    run: async (made, frame) => {
      const picker = createPicker<ProviderItem>();
      picker.placeholder = vscode.l10n.t('Pick a provider, or enter the URL of any Chat Completions API');
      picker.matchOnDescription = true;
      let running: readonly LocalServer[] = [];
      let offered: ProviderItem | undefined;
      let moved = false;
      const show = (): void => {
        const typed = typedUrl(picker.value);
        const items = [...typed, ...runningItems(running), ...providerItems(running)];
        const active = picker.activeItems[0]?.label;
        const kept = moved ? items.find(({ label }) => label === active) : undefined;
        offered = typed[0] ?? kept ?? items.find(isChoice);
        picker.items = items;
        if (offered) picker.activeItems = [offered];
      };
      show();
      picker.busy = true;
      const search = new AbortController();
      let timer: ReturnType<typeof setTimeout> | undefined;
      const onServer = (provider: Provider, server: LocalServer | undefined): void => {
        const before = running.find((each) => each.provider === provider);
        if (isDeepStrictEqual(before, server)) return;
        running = [...running.filter((each) => each !== before), ...(server ? [server] : [])];
        show();
      };
      const watch = async (): Promise<void> => {
        await findLocalServers(onServer, search.signal);
        if (search.signal.aborted) return;
        picker.busy = false;
        timer = setTimeout(() => void watch(), pause);
      };
      void watch();
      const end = await showStep<ProviderItem>(picker, frame, (pick) => {
        picker.onDidChangeValue(show);
        picker.onDidChangeActive(([item]) => {
          moved ||= item !== undefined && item.label !== offered?.label;
        });
        picker.onDidAccept(() => {
          const [item] = picker.selectedItems;
          if (!item) return;
          if (item.baseUrl === undefined) return pick(item);
          picker.busy = true;
          void askLocalServer(item.baseUrl, search.signal).then((found) => pick({ ...item, ...(found && { found }) }));
        });
      });
      search.abort();
      clearTimeout(timer);
      return end.kind === 'done' ? { kind: 'done', value: chosen(made, end.value) } : end;
    },
  };
}

/** The URL, if no provider was picked. */
export function urlStep(): Step<NewConnection> {
  return {
    applies: ({ typesUrl = false }) => typesUrl,
    run: async (made, frame) => {
      const input = createInput();
      input.value = made.baseUrl ?? '';
      input.placeholder = 'https://api.example.com/v1';
      input.prompt = vscode.l10n.t('URL of a Chat Completions API');
      const leaving = new AbortController();
      const end = await showStep<NewConnection>(input, frame, (enter) => {
        input.onDidChangeValue((value) => {
          const problem = checkBaseUrl(value.trim(), vscode.l10n.t);
          input.validationMessage = value.trim() === '' ? undefined : (problem ?? resolved(value.trim()));
        });
        input.onDidAccept(() => {
          const value = input.value.trim();
          const problem = checkBaseUrl(value, vscode.l10n.t);
          input.validationMessage = problem;
          if (problem !== undefined) return;
          input.busy = true;
          void askLocalServer(value, leaving.signal).then((found) => enter(withUrl(made, value, found)));
        });
      });
      leaving.abort();
      return end;
    },
  };
}

function chosen(made: NewConnection, { provider, found, baseUrl }: ProviderItem): NewConnection {
  if (baseUrl !== undefined) return withUrl({}, baseUrl, found);
  if (!provider) return made.typesUrl ? made : { typesUrl: true };
  // Another provider has another key and other models.
  const same = made.provider === provider ? made : {};
  return { ...same, provider, baseUrl: provider.baseUrl, typesUrl: false, ...(found && { found }) };
}

function isChoice({ kind }: ProviderItem): boolean {
  return kind !== vscode.QuickPickItemKind.Separator;
}

/** Another URL has another key and other models. */
function withUrl(made: NewConnection, baseUrl: string, found: ProbeResult | undefined): NewConnection {
  const { found: _before, ...same } = made.baseUrl === baseUrl ? made : { typesUrl: made.typesUrl ?? false };
  const provider = providerOf(requestUrl({ baseUrl }));
  return { ...same, baseUrl, ...(provider && { provider }), ...(found && { found }) };
}

/** Shows where questions will go while the URL is typed. */
function resolved(baseUrl: string): { readonly message: string; readonly severity: vscode.InputBoxValidationSeverity } {
  const message = vscode.l10n.t('Questions will go to {0}', requestUrl({ baseUrl }).href);
  return { message, severity: vscode.InputBoxValidationSeverity.Info };
}

function typedUrl(value: string): readonly ProviderItem[] {
  const baseUrl = value.trim();
  if (!/^https?:/i.test(baseUrl) || checkBaseUrl(baseUrl, vscode.l10n.t) !== undefined) return [];
  const description = vscode.l10n.t('Questions will go to {0}', requestUrl({ baseUrl }).href);
  return [{ label: baseUrl, iconPath: new vscode.ThemeIcon('link'), description, baseUrl, alwaysShow: true }];
}

function runningItems(running: readonly LocalServer[]): readonly ProviderItem[] {
  if (running.length === 0) return [];
  return [
    heading(
      isRemote()
        ? vscode.l10n.t('Running on the remote machine (any of its users may have started them)')
        : vscode.l10n.t('Running on this machine'),
    ),
    ...running.map((found) => ({
      label: found.provider.name,
      iconPath: new vscode.ThemeIcon('pass'),
      description: `${new URL(found.provider.baseUrl).host} · ${runningNote(found)}`,
      provider: found.provider,
      found,
    })),
  ];
}

function runningNote({ models, asksForKey }: LocalServer): string {
  if (asksForKey) return vscode.l10n.t('API key required');
  return models.length === 0 ? vscode.l10n.t('no models installed') : models.slice(0, 3).join(', ');
}

function providerItems(running: readonly LocalServer[]): readonly ProviderItem[] {
  const item = (provider: Provider): ProviderItem => ({
    label: provider.name,
    description: new URL(provider.baseUrl).host,
    provider,
  });
  const isRunning = (provider: Provider): boolean => running.some((found) => found.provider === provider);
  return [
    heading(vscode.l10n.t('Providers')),
    ...providers.filter(({ localPort, hosts }) => localPort === undefined && !hosts).map(item),
    { label: vscode.l10n.t('Another URL…'), alwaysShow: true },
    heading(isRemote() ? vscode.l10n.t('Other servers on the remote machine') : vscode.l10n.t('Other local servers')),
    ...providers.filter((provider) => provider.localPort !== undefined && !isRunning(provider)).map(item),
  ];
}

/** Whether `127.0.0.1` may be a different machine from the user's. */
function isRemote(): boolean {
  return vscode.env.remoteName !== undefined;
}

import * as vscode from 'vscode';
import { CompletionError, isCancel } from '../api/errors.ts';
import { describeError } from '../api/describe.ts';
import { listModels } from '../api/models.ts';
import { buildModelsRequest } from '../api/request.ts';
import { draftConnection, type ConnectTools, type NewConnection } from './newConnection.ts';
import { showStep, type Step } from './multiStepInput.ts';
import { createPicker } from '../window/pickers.ts';

interface ModelItem extends vscode.QuickPickItem {
  readonly model: string;
}

/** The model: from the server's list if it has one, or free text. */
export function modelStep(tools: ConnectTools): Step<NewConnection> {
  return {
    applies: () => true,
    run: async (made, frame) => {
      const picker = createPicker<ModelItem>();
      picker.placeholder = vscode.l10n.t('Enter the name of a model');
      let listed: readonly string[] = made.found?.models ?? [];
      const show = (): void => {
        picker.items = modelItems(listed, picker.value.trim());
        if (listed.length > 0) picker.placeholder = vscode.l10n.t('Pick a model, or enter another name');
      };
      show();
      const asking = new AbortController();
      if (listed.length === 0) {
        picker.busy = true;
        const list = async (): Promise<void> => {
          const models = await askForModels(made, tools, asking.signal);
          if (asking.signal.aborted) return;
          picker.busy = false;
          if (typeof models === 'string') picker.placeholder = vscode.l10n.t('Enter the name of a model. {0}', models);
          else listed = models;
          show();
        };
        void list();
      }
      const end = await showStep<string>(picker, frame, (pick) => {
        picker.onDidChangeValue(show);
        picker.onDidAccept(() => {
          const model = picker.selectedItems[0]?.model ?? picker.value.trim();
          if (model !== '') pick(model);
        });
      });
      asking.abort();
      return end.kind === 'done' ? { kind: 'done', value: { ...made, model: end.value } } : end;
    },
  };
}

/** The models, or why there is no list: many servers have none, so the name can be typed. */
async function askForModels(
  made: NewConnection,
  { settings, endpoints }: ConnectTools,
  signal: AbortSignal,
): Promise<readonly string[] | string> {
  try {
    const { connection, secret } = await draftConnection(made, settings);
    return await listModels(buildModelsRequest(connection, secret), await endpoints.transport(), signal);
  } catch (error) {
    if (isCancel(error)) return '';
    if (!(error instanceof CompletionError)) throw error;
    switch (error.failure.kind) {
      case 'keyRefused':
      case 'headerRefused':
      case 'noKey':
      case 'cannotConnect':
        return describeError(error, vscode.l10n.t).message;
      default:
        return vscode.l10n.t("This server doesn't list its models.");
    }
  }
}

function modelItems(listed: readonly string[], typed: string): readonly ModelItem[] {
  const items = listed.map((model) => ({ label: model, model }));
  if (typed === '' || listed.includes(typed)) return items;
  const own = { label: typed, description: vscode.l10n.t('Use this name'), model: typed, alwaysShow: true };
  return listed.some((model) => model.toLowerCase().includes(typed.toLowerCase())) ? [...items, own] : [own, ...items];
}

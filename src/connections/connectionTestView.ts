import * as vscode from 'vscode';
import {
  checkNames,
  testConnection,
  type Check,
  type CheckName,
  type Tested,
} from '../api/connection/connectionTest.ts';
import { isCancel } from '../api/errors.ts';
import { heading, showStep, type StepEnd, type StepFrame } from './multiStepInput.ts';
import { createPicker } from '../window/pickers.ts';

/** What the user can accept, depending on the result. */
export interface TestChoice {
  readonly passed: string;
  readonly failed: string;
  readonly detail: string;
}

export interface TestFindings {
  /** The value for `includeUsage`, if the test found out. */
  readonly includeUsage?: boolean;
}

/** Tests an endpoint and shows each finding as it arrives. Resolves with the findings when the user accepts. */
export async function showConnectionTest(
  tested: Tested,
  frame: StepFrame,
  choice: TestChoice,
): Promise<StepEnd<TestFindings>> {
  const picker = createPicker<vscode.QuickPickItem>();
  picker.placeholder = vscode.l10n.t('Testing {0} by asking the model to count to five', tested.connection.model);
  const checks = new Map<CheckName, Check>();
  let isOver = false;
  const show = (): void => {
    const accept = acceptItem(choice, isOver, checks);
    picker.items = [
      accept,
      heading(vscode.l10n.t('Results')),
      ...checkNames.map((name) => checkItem(name, checks.get(name))),
    ];
    picker.activeItems = [accept];
  };
  show();
  picker.busy = true;
  const testing = new AbortController();
  void (async () => {
    for await (const check of testConnection(tested, testing.signal, vscode.l10n.t)) {
      checks.set(check.name, check);
      show();
    }
    isOver = true;
    picker.placeholder = vscode.l10n.t('Tested {0}', tested.connection.model);
    picker.busy = false;
    show();
  })().catch((error: unknown) => {
    if (!isCancel(error)) picker.placeholder = String(error);
  });
  const end = await showStep<TestFindings>(picker, frame, (accept) => {
    picker.onDidAccept(() => {
      if (picker.selectedItems[0] === picker.items[0]) accept(findings(checks));
    });
  });
  testing.abort();
  return end;
}

function findings(checks: ReadonlyMap<CheckName, Check>): TestFindings {
  const includeUsage = checks.get('usage')?.includeUsage;
  return includeUsage === undefined ? {} : { includeUsage };
}

function acceptItem(
  { passed, failed, detail }: TestChoice,
  isOver: boolean,
  checks: ReadonlyMap<CheckName, Check>,
): vscode.QuickPickItem {
  const hasFailed = [...checks.values()].some(({ outcome }) => outcome === 'failed');
  const label = hasFailed || !isOver ? failed : passed;
  return { label, iconPath: new vscode.ThemeIcon('arrow-right'), detail, alwaysShow: true };
}

/** One line each, so that all fit on screen; a failure shows its sentence below. */
function checkItem(name: CheckName, check: Check | undefined): vscode.QuickPickItem {
  const label = checkLabel(name);
  const iconPath = new vscode.ThemeIcon(check ? outcomeIcons[check.outcome] : 'loading~spin');
  if (!check) return { label, iconPath, alwaysShow: true };
  return {
    label,
    iconPath,
    description: check.outcome === 'passed' ? `${outcomeLabel(check)} · ${check.detail}` : outcomeLabel(check),
    ...(check.outcome === 'failed' && { detail: check.detail }),
    alwaysShow: true,
  };
}

const outcomeIcons: Readonly<Record<Check['outcome'], string>> = {
  passed: 'pass',
  failed: 'error',
  notSent: 'circle-slash',
  untested: 'circle',
};

function outcomeLabel({ outcome }: Check): string {
  switch (outcome) {
    case 'passed':
      return vscode.l10n.t('passed');
    case 'failed':
      return vscode.l10n.t('failed');
    case 'notSent':
      return vscode.l10n.t('not supported by this server');
    case 'untested':
      return vscode.l10n.t('not tested');
    default:
      return outcome satisfies never;
  }
}

function checkLabel(name: CheckName): string {
  switch (name) {
    case 'url':
      return vscode.l10n.t('Resolved URL');
    case 'wire':
      return vscode.l10n.t('API');
    case 'reachable':
      return vscode.l10n.t('Reachable');
    case 'key':
      return vscode.l10n.t('Key accepted');
    case 'model':
      return vscode.l10n.t('Model answers');
    case 'streaming':
      return vscode.l10n.t('Streaming');
    case 'citations':
      return vscode.l10n.t('Citations');
    case 'usage':
      return vscode.l10n.t('Usage');
    case 'storage':
      return vscode.l10n.t('Storage');
    default:
      return name satisfies never;
  }
}

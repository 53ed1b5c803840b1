import * as vscode from 'vscode';

/** How a step ended. */
export type StepEnd<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'back' }
  | { readonly kind: 'cancelled' };

/** A step of a flow that completes a shared state. */
export interface Step<State> {
  /** Whether there is anything to ask. */
  applies(state: State): boolean;
  /** Asks, starting from the values already in the state. */
  run(state: State, frame: StepFrame): Promise<StepEnd<State>>;
}

/** What a step shows around its question. */
export interface StepFrame {
  readonly title: string;
  readonly buttons: readonly vscode.QuickInputButton[];
}

/**
 * Runs the steps in order with a Back button; entered values are kept.
 * @returns the completed state, or undefined if cancelled.
 */
export async function runSteps<State>(
  title: string,
  start: State,
  steps: readonly Step<State>[],
): Promise<State | undefined> {
  const taken: number[] = [];
  let state = start;
  let index = 0;
  for (let step = steps[index]; step; step = steps[index]) {
    if (!step.applies(state)) {
      index += 1;
      continue;
    }
    const end = await step.run(state, { title, buttons: taken.length > 0 ? [vscode.QuickInputButtons.Back] : [] });
    switch (end.kind) {
      case 'cancelled':
        return undefined;
      case 'back':
        index = taken.pop() ?? 0;
        break;
      case 'done':
        taken.push(index);
        state = end.value;
        index += 1;
        break;
      default:
        end satisfies never;
    }
  }
  return state;
}

/**
 * Shows a quick pick or an input box until it ends, then disposes it.
 * @param open Registers what can end it. Listeners registered on `input` are disposed with it.
 */
export async function showStep<Value>(
  input: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox,
  frame: StepFrame,
  open: (end: (value: Value) => void) => void,
): Promise<StepEnd<Value>> {
  const { promise, resolve } = Promise.withResolvers<StepEnd<Value>>();
  input.title = frame.title;
  input.buttons = [...frame.buttons, ...input.buttons];
  input.ignoreFocusOut = true;
  input.onDidTriggerButton((button) => {
    if (button === vscode.QuickInputButtons.Back) resolve({ kind: 'back' });
  });
  input.onDidHide(() => resolve({ kind: 'cancelled' }));
  open((value) => resolve({ kind: 'done', value }));
  input.show();
  try {
    return await promise;
  } finally {
    input.dispose();
  }
}

/** A separator with a heading. */
export function heading(label: string): vscode.QuickPickItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

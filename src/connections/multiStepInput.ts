import * as vscode from 'vscode';

/** How a step ended. */
export type StepEnd<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'back' }
  | { readonly kind: 'cancelled' };

/** One step of a flow over a state that the steps complete. */
export interface Step<State> {
  /** Whether it has anything to ask. */
  applies(state: State): boolean;
  /** Asks, beginning with what the state holds already. */
  run(state: State, frame: StepFrame): Promise<StepEnd<State>>;
}

/** What a step shows around its question. */
export interface StepFrame {
  readonly title: string;
  readonly buttons: readonly vscode.QuickInputButton[];
}

/**
 * Runs the steps in their order, with a Back button to the one before; what was entered stays.
 * @returns the completed state, or nothing if the user left.
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
 * Shows a quick pick or an input box until it ends, and disposes of it.
 * @param open Registers what may end it. What it registers with `input` goes with it.
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

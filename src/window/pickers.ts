import * as vscode from 'vscode';
import { literal, literalLabel } from './literal.ts';

/** A quick pick that shows texts literally; for an icon use `iconPath`. */
export function createPicker<Item extends vscode.QuickPickItem>(): vscode.QuickPick<Item> {
  return guarded(vscode.window.createQuickPick<Item>());
}

/** An input box that shows texts literally. */
export function createInput(): vscode.InputBox {
  return guarded(vscode.window.createInputBox());
}

/** Options of `askText`. */
export interface TextQuestion extends Omit<vscode.InputBoxOptions, 'validateInput'> {
  /** @returns the error for a text; undefined if it is valid. */
  readonly validateInput?: (value: string) => string | undefined;
}

/**
 * Lets the user pick one item.
 * @returns undefined if cancelled.
 */
export async function pickOne<Item extends vscode.QuickPickItem>(
  items: readonly Item[],
  options: vscode.QuickPickOptions,
): Promise<Item | undefined> {
  const shown = items.map(literalItem);
  const { title, placeHolder } = options;
  const picked = await vscode.window.showQuickPick(shown, {
    ...options,
    ...(title !== undefined && { title: literal(title) }),
    ...(placeHolder !== undefined && { placeHolder: literal(placeHolder) }),
  });
  return picked && items[shown.indexOf(picked)];
}

/**
 * Asks for a text.
 * @returns undefined if cancelled.
 */
export async function askText({ validateInput, ...options }: TextQuestion): Promise<string | undefined> {
  const { title, prompt, placeHolder } = options;
  return vscode.window.showInputBox({
    ...options,
    ...(title !== undefined && { title: literal(title) }),
    ...(placeHolder !== undefined && { placeHolder: literal(placeHolder) }),
    ...(prompt !== undefined && { prompt: literalLabel(prompt) }),
    ...(validateInput && {
      validateInput: (value: string) => {
        const problem = validateInput(value);
        return problem === undefined ? undefined : literalLabel(problem);
      },
    }),
  });
}

/** Wraps a picker or input so that every text passes through `literalLabel`. */
function guarded<Input extends vscode.QuickInput>(input: Input): Input {
  const shown = new WeakMap<object, object>();
  const shownItem = (item: unknown): unknown => {
    if (!isItem(item)) return item;
    const known = shown.get(item);
    if (known) return known;
    const made = literalItem(item);
    shown.set(item, made).set(made, made);
    return made;
  };
  const shownValue = (name: string | symbol, value: unknown): unknown => {
    switch (name) {
      case 'items':
      case 'activeItems':
      case 'selectedItems':
        return Array.isArray(value) ? value.map(shownItem) : value;
      case 'prompt':
      case 'validationMessage':
        return typeof value === 'string' ? literalLabel(value) : literalMessage(value);
      case 'title':
      case 'placeholder':
        return typeof value === 'string' ? literal(value) : value;
      default:
        return value;
    }
  };
  return new Proxy(input, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set: (target, name, value: unknown) => Reflect.set(target, name, shownValue(name, value)),
  });
}

function isItem(item: unknown): item is vscode.QuickPickItem {
  return typeof item === 'object' && item !== null && 'label' in item;
}

function literalItem<Item extends vscode.QuickPickItem>(item: Item): Item {
  const { label, description, detail } = item;
  return {
    ...item,
    label: literalLabel(label),
    ...(description !== undefined && { description: literalLabel(description) }),
    ...(detail !== undefined && { detail: literalLabel(detail) }),
  };
}

/** An input box's message with a severity. */
function literalMessage(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('message' in value)) return value;
  return typeof value.message === 'string' ? { ...value, message: literalLabel(value.message) } : value;
}

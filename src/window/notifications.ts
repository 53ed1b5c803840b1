import * as vscode from 'vscode';
import { literal, literalLabel } from './literal.ts';

/** A button of a notification. */
export interface Choice {
  readonly title: string;
}

/** @returns the pressed button; undefined if dismissed. */
export async function showError<One extends Choice>(message: string, ...choices: One[]): Promise<One | undefined> {
  return vscode.window.showErrorMessage(literal(message), ...choices);
}

/** @returns the pressed button; undefined if dismissed. */
export async function showWarning<One extends Choice>(message: string, ...choices: One[]): Promise<One | undefined> {
  return vscode.window.showWarningMessage(literal(message), ...choices);
}

/** @returns the pressed button; undefined if dismissed. */
export async function showInformation<One extends Choice>(
  message: string,
  ...choices: One[]
): Promise<One | undefined> {
  return vscode.window.showInformationMessage(literal(message), ...choices);
}

/**
 * Asks in a modal dialog.
 * @param detail May have line breaks.
 * @returns the pressed button; undefined if cancelled.
 */
export async function askInDialog<One extends Choice>(
  question: string,
  detail: string,
  ...choices: One[]
): Promise<One | undefined> {
  return vscode.window.showWarningMessage(literal(question), { modal: true, detail: literal(detail) }, ...choices);
}

/**
 * Shows a message in the status bar.
 * @param time Milliseconds.
 */
export function showInStatusBar(message: string, time: number): void {
  vscode.window.setStatusBarMessage(literalLabel(message), time);
}

/** Runs the task and shows its title in the status bar meanwhile. */
export async function withWindowProgress<Result>(title: string, task: () => Promise<Result>): Promise<Result> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: literalLabel(title) }, task);
}

/** An item at the left of the status bar. */
export class StatusItem implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;

  constructor(id: string, { name, command, tooltip }: Readonly<Record<'name' | 'command' | 'tooltip', string>>) {
    this.#item = vscode.window.createStatusBarItem(id, vscode.StatusBarAlignment.Left);
    Object.assign(this.#item, { name, command, tooltip: literal(tooltip) });
  }

  show(icon: string, label: string): void {
    this.#item.text = `$(${icon}) ${literalLabel(label)}`;
    this.#item.accessibilityInformation = { label };
    this.#item.show();
  }

  hide(): void {
    this.#item.hide();
  }

  dispose(): void {
    this.#item.dispose();
  }
}

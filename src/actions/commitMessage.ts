import * as vscode from 'vscode';
import { confirmed } from '../context/attachContext.ts';
import type { ChatPages } from '../chat/chatPages.ts';
import { captureChanges } from '../context/changes.ts';
import { Exclusions } from '../context/exclusions.ts';
import { gitRepositories, repositoryOf, type GitRepository } from '../context/git.ts';
import { commitQuestion, readCommitMessage } from '../prompt/commitMessage.ts';
import type { Settings } from '../settings/settings.ts';
import { pickOne } from '../window/pickers.ts';

/** Number of earlier commit messages that show the project's style. */
const subjectCount = 10;

/**
 * Asks for a commit message in a new chat and sets it in the source control input in one edit, so that one undo
 * restores what was typed. Throws one sentence if there is nothing to commit.
 * @param root Of the repository; undefined: the active editor's, else the user chooses.
 */
export async function writeCommitMessage(
  chats: ChatPages,
  settings: Settings,
  root: vscode.Uri | undefined,
): Promise<void> {
  const repository = await findRepository(root);
  if (!repository) return;
  const { inputBox, rootUri } = repository;
  const isStaged = (await repository.diff(true)).trim() !== '';
  const attachment = await captureChanges(isStaged ? 'stagedChanges' : 'workingChanges', rootUri);
  const changes = await confirmed([{ attachment }], new Exclusions(settings.exclude));
  if (changes.length === 0) return;
  const draft = inputBox.value;
  const question = commitQuestion({ subjects: await lastSubjects(repository), draft });
  const page = chats.active;
  page.newChat();
  const asked = await page.input.askAbout(changes, question);
  if (!asked) return;
  await asked.ended;
  const { status, text } = asked.turn.answer;
  if (status.kind !== 'done') return;
  const message = readCommitMessage(text, status.finishReason);
  if (message === undefined) {
    page.notify(vscode.l10n.t("The answer isn't a single commit message. Copy what you need from the chat."));
  } else if (inputBox.value !== draft) {
    page.notify(vscode.l10n.t('You typed a message in the meantime. Copy this one from the chat if you need it.'));
  } else {
    inputBox.value = message;
  }
}

async function findRepository(root: vscode.Uri | undefined): Promise<GitRepository | undefined> {
  const repositories = await gitRepositories();
  if (repositories.length === 0) {
    throw new Error(vscode.l10n.t("VS Code's Git extension has no open repository. Open a folder that's in one."));
  }
  const named = repositories.find(({ rootUri }) => rootUri.toString() === root?.toString());
  return named ?? (await repositoryOf(vscode.window.activeTextEditor?.document.uri)) ?? pick(repositories);
}

async function pick(repositories: readonly GitRepository[]): Promise<GitRepository | undefined> {
  const items = repositories.map((repository) => ({
    label: vscode.workspace.asRelativePath(repository.rootUri),
    description: repository.rootUri.fsPath,
    repository,
  }));
  const picked = await pickOne(items, { title: vscode.l10n.t('Write the commit message for') });
  return picked?.repository;
}

/** Empty in a repository without commits. */
async function lastSubjects(repository: GitRepository): Promise<readonly string[]> {
  const commits = await repository.log({ maxEntries: subjectCount }).catch(() => []);
  return commits.map(({ message }) => message.split('\n', 1)[0] ?? '').filter((subject) => subject !== '');
}

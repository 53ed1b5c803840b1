// `npm run screenshots`: takes the README's pictures in a dark theme, and the same in a light one to compare.
import { main } from './complaint.ts';
import { output, project } from './paths.ts';
import { buildExtension } from './script.ts';
import { Window } from './window.ts';
import { join } from 'node:path';

await main(async () => {
  await buildExtension();
  await takePictures('Default Dark Modern', join(project, 'media'));
  await takePictures('Default Light Modern', join(output, 'screenshots', 'light'));
});
process.exit();

async function takePictures(theme: string, folder: string): Promise<void> {
  const settings = { 'workbench.colorTheme': theme, 'editor.minimap.enabled': false, 'window.commandCenter': false };
  await using window = await Window.open({ settings });
  const { chat, page } = window;
  const take = async (name: string): Promise<void> => {
    // What the mouse rests on would explain itself.
    await page.mouse.move(900, 700);
    await page.getByRole('tooltip').waitFor({ state: 'detached' });
    await page.screenshot({ path: join(folder, name) });
  };
  await window.openFile('intervals.ts');
  await window.selectLines(11, 13);
  await window.runCommand('Askance: Ask about selection');
  const chip = chat.getByRole('button', { name: /intervals\.ts:11-13/ });
  await chip.first().waitFor();
  await window.ask('How does this work?');
  await window.answer(0);
  await take('chat.png');

  await window.selectLines(11, 13);
  await window.runCommand('Askance: Replace selection…');
  await window.answerInputBox(/^Replace .*intervals\.ts:11-13/, 'Add comments.');
  await page.getByText('Keep', { exact: true }).first().waitFor();
  await take('replace.png');
}

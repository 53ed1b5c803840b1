// `npm run screenshots`: takes the README's pictures, in a dark and a light theme.
import { main } from './complaint.ts';
import { project } from './paths.ts';
import { buildExtension } from './script.ts';
import { Window } from './window.ts';
import { join } from 'node:path';

const themes = [
  ['dark', 'Default Dark Modern'],
  ['light', 'Default Light Modern'],
] as const;

await main(async () => {
  await buildExtension();
  for (const [name, theme] of themes) {
    const settings = { 'workbench.colorTheme': theme, 'editor.minimap.enabled': false, 'window.commandCenter': false };
    await using window = await Window.open({ settings });
    await window.openFile('intervals.ts');
    await window.selectLines(11, 13);
    await window.runCommand('Askance: Ask about selection');
    await window.chat
      .getByRole('button', { name: /intervals\.ts:11-13/ })
      .first()
      .waitFor();
    await window.ask('How does this work?');
    await window.answer(0);
    await window.page.screenshot({ path: join(project, 'media', `chat-${name}.png`) });
  }
});
process.exit();

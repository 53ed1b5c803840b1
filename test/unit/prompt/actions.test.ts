import assert from 'node:assert/strict';
import { builtInIds } from '../../../src/prompt/actionIds.ts';
import { builtInActions, expandPrompt, uses, type Action } from '../../../src/prompt/actions.ts';
import { selectionName, type CodeAttachment } from '../../../src/prompt/context.ts';
import { chatMessages } from '../../../src/prompt/messages.ts';
import { allActions, parseActions } from '../../../src/prompt/userActions.ts';
import { translator } from '../../../src/shared/l10n.ts';

const t = translator();
const minimal = { id: 'german', title: 'Comment in German', prompt: 'Comment ${selection} in German.' };
const action: Action = { ...minimal, result: 'chat', languages: [] };

describe('actions', () => {
  it('fill in their variables once: what these hold is not read again', () => {
    const prompt = '${file} (${language}): ${selection}\n${diagnostics} ${unknown} $1 ${selection}';
    const variables = {
      selection: 'cost $& ${file}',
      file: 'a.ts',
      language: 'ts',
      diagnostics: '1: x',
      toLanguage: '',
    };
    assert.equal(
      expandPrompt({ ...action, prompt }, variables),
      'a.ts (ts): cost $& ${file}\n1: x ${unknown} $1 cost $& ${file}',
    );
  });

  it('are built in with distinct ids and titles, and fix what is named', () => {
    const actions = builtInActions(t);
    assert.deepEqual(
      actions.map(({ id }) => id),
      [...builtInIds],
    );
    assert.equal(new Set(actions.map(({ title }) => title)).size, actions.length);
    assert.ok(actions.filter((each) => uses(each, 'diagnostics')).some(({ id }) => id === 'fixProblems'));
  });

  it('of the user come first and take the place of a built-in one with the same id', () => {
    const own = { ...action, id: 'explain', title: 'Erkläre' };
    const titles = allActions([action, own], builtInActions(t)).map(({ title }) => title);
    assert.deepEqual(titles.slice(0, 3), ['Comment in German', 'Erkläre', 'Explain problems']);
  });
});

describe('what `${selection}` names', () => {
  const code = (startLine: number, endLine: number): CodeAttachment => ({
    kind: 'code',
    id: `${startLine}`,
    path: 'src/a.ts',
    description: 'Selection',
    languageId: 'ts',
    text: 'one();',
    startLine,
    endLine,
    replaceable: true,
  });

  it('is where the code stands, which is sent once: above the question, as its chip says', () => {
    const question = expandPrompt(
      { ...action, prompt: 'Comment ${selection}.' },
      { selection: selectionName([code(3, 9), code(12, 12)]), file: '', language: '', diagnostics: '', toLanguage: '' },
    );
    assert.equal(question, 'Comment `src/a.ts`, lines 3-9, and `src/a.ts`, line 12.');
    const [message] = chatMessages('', [], { question, attachments: [code(3, 9)] });
    assert.equal(message?.content.split('one();').length, 2);
    assert.ok(message?.content.startsWith('`src/a.ts`, lines 3-9:\n'));
  });
});

describe('parseActions', () => {
  const parse = (...items: readonly unknown[]) => parseActions(items, t);

  it('reads the shortest action', () => assert.deepEqual(parse(minimal), { actions: [action], problems: [] }));

  for (const [languages, filters] of [
    ['python', [{ language: 'python' }]],
    [
      ['python', { language: 'go', pattern: '**/*_test.go' }],
      [{ language: 'python' }, { language: 'go', pattern: '**/*_test.go' }],
    ],
    [{ scheme: 'untitled' }, [{ scheme: 'untitled' }]],
  ] as const) {
    it(`reads ${JSON.stringify(languages)} as a document selector`, () => {
      assert.deepEqual(parse({ ...minimal, languages }).actions[0]?.languages, filters);
    });
  }

  for (const [what, item, problem] of [
    ['no object', 'explain', 'Action “#1”: An action must be an object with id, title and prompt.'],
    ['an empty title', { ...minimal, title: ' ' }, 'Action “german”: title must be a non-empty string.'],
    ['an id that cannot be typed', { ...minimal, id: 'in German' }, /^Action “in German”: id can contain only letters/],
    [
      'an unknown result',
      { ...minimal, result: 'file' },
      'Action “german”: result must be one of chat, replace, insert, newFile.',
    ],
    [
      'an unknown variable',
      { ...minimal, prompt: '${code}' },
      /^Action “german”: \$\{code\} is no variable\. There are \$\{selection\}/,
    ],
    ['an unknown field', { ...minimal, when: 'x' }, 'Action “german”: Unknown property "when".'],
    ['a bad filter', { ...minimal, languages: [{ lang: 'x' }] }, /^Action “german”: languages must name languages/],
  ] as const) {
    it(`refuses ${what} with a sentence and keeps the others`, () => {
      const { actions, problems } = parse(item, { ...minimal, id: 'other' });
      assert.deepEqual(
        actions.map(({ id }) => id),
        ['other'],
      );
      if (typeof problem === 'string') assert.ok(problems.includes(problem), problems.join('\n'));
      else assert.match(problems.join('\n'), problem);
    });
  }

  it('takes the first of two with one id', () => {
    const { actions, problems } = parse(minimal, { ...minimal, title: 'Second' });
    assert.deepEqual(actions, [action]);
    assert.deepEqual(problems, ['Action “german”: Another action has this id. Give each a unique id.']);
  });

  it('refuses what is no list', () => {
    assert.deepEqual(parseActions({}, t).problems, ['askance.actions must be an array of actions.']);
  });
});

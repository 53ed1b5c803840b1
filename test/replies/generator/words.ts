/** What models say around code, and instead of it, in the languages of their users. */
type Words = readonly [string, ...string[]];

export const introductions: Words = [
  'Here is the updated code:',
  'Sure! I simplified it a little:',
  'Hier ist der geänderte Code:',
  'Voici le code modifié :',
  'Aquí tienes el código actualizado:',
  'Вот исправленный вариант:',
  '以下是修改后的代码：',
  '修正したコードは次のとおりです。',
  '수정된 코드는 다음과 같습니다.',
  'إليك الكود المعدل:',
];

export const farewells: Words = [
  'It does the same, but is shorter.',
  '- one case more is handled\n- the rest is as it was',
  'Der Rest bleibt unverändert.',
  "N'hésitez pas si vous avez des questions !",
  'El comportamiento es el mismo.',
  'Остальное не изменилось.',
  '其余部分保持不变。',
  '動作は変わりません。',
  '나머지는 그대로입니다.',
  'لم يتغير أي شيء آخر.',
];

export const placeholders: Words = [
  '... existing code ...',
  '...',
  'rest of the code remains unchanged',
  'same as before',
  'as above',
  '(unchanged)',
  'keep the remaining lines',
  'der Rest bleibt wie bisher',
  'le reste ne change pas',
  'el resto sigue igual',
  'o restante continua igual',
  'остальное без изменений',
  '其余代码不变',
  '残りは同じ',
  '이하 동일',
  'بقية الكود كما هي',
];

export const refusals: Words = [
  "I'm sorry, but I can't help with that.",
  'I cannot make this change.',
  'Es tut mir leid, dabei kann ich nicht helfen.',
  'Lo siento, no puedo ayudar con eso.',
  'Désolé, je ne peux pas répondre à cette demande.',
  'Извините, я не могу с этим помочь.',
  '抱歉，我无法完成这个请求。',
  '申し訳ありませんが、お手伝いできません。',
  '죄송하지만 도와드릴 수 없습니다.',
  'عذرا، لا أستطيع المساعدة في ذلك.',
];

export const answers: Words = [
  'This part is already correct, so there is nothing to change here.',
  'Which of the two would you like me to rewrite, the first or the second?',
  'The names are fine. Longer ones would say more about what they hold',
  'Dieser Abschnitt ist bereits korrekt, es gibt nichts zu ändern.',
  'Este código ya funciona bien y no necesita cambios.',
  'Этот фрагмент уже верен, менять ничего не нужно.',
  '这段代码已经正确，不需要修改。',
  'このコードは正しいので、変更は必要ありません。',
  '이 코드는 이미 올바르므로 변경할 필요가 없습니다.',
  'هذا الجزء صحيح ولا يحتاج إلى تعديل.',
];

/** Names for the old and for the new code. */
export const labels: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ['Before:', 'After:'],
  ['**Original**', '**Improved**'],
  ['Vorher:', 'Nachher:'],
  ['修改前：', '修改后：'],
  ['変更前', '変更後'],
  ['Было:', 'Стало:'],
];

/** Names for two ways to do it. */
export const options: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ['Option 1:', 'Option 2:'],
  ['You could write', 'or, if you like that better,'],
  ['Variante A:', 'Variante B:'],
  ['方案一：', '方案二：'],
  ['Première solution :', 'Deuxième solution :'],
];

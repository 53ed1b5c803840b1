/** What reads Markdown and what cleans HTML: half of the page's code, in a file of its own, which shares none with the rest. */
export { default as createDOMPurify } from 'dompurify';
export { Lexer, Marked, Renderer, Tokenizer } from 'marked';
export { tableEnd } from './tableBounds.ts';
export { codeSpans } from '../../shared/codeSpans.ts';

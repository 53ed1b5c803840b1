/**
 * The Markdown parser and the HTML sanitizer: half of the page's code, in a separate chunk that shares none with the
 * rest.
 */
export { default as createDOMPurify } from 'dompurify';
export { Lexer, Marked, Renderer, Tokenizer } from 'marked';
export { tableEnd } from './tableBounds.ts';
export { codeSpans } from '../../shared/codeSpans.ts';

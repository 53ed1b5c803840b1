/** What reads Markdown and what cleans HTML: half of the page's code, in a file of its own. */
export { default as createDOMPurify } from 'dompurify';
export { Lexer, Marked, Renderer, Tokenizer } from 'marked';

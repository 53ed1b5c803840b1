import type { Citation } from '../../shared/answer.ts';
import { mostSources, sourcesAreCut } from '../../shared/limits.ts';
import { sourceLabel } from '../../shared/marks.ts';
import { plain } from '../bidi.ts';
import { domain, shownUrl, sourceTitle } from '../format.ts';
import { useTranslate } from './translator.ts';

interface SourcesProps {
  readonly citations: readonly Citation[];
  /** Marks in the answer's text; undefined while more may follow. */
  readonly cited: ReadonlySet<string> | undefined;
}

/** An answer's sources, numbered as in its text; uncited ones are folded after them. */
export function Sources({ citations, cited }: SourcesProps) {
  const t = useTranslate();
  const marked = citations.filter(({ mark }) => mark !== undefined);
  const others = citations.filter(({ mark }) => mark === undefined);
  const items = (list: readonly Citation[]) =>
    list.map((citation, index) => (
      <Source
        key={index}
        citation={citation}
        label={sourceLabel(citation, citations)}
        unused={isUnused(citation, cited)}
      />
    ));
  return (
    <div class="sources" role="group" aria-label={t('Sources')}>
      <h2>{t('Sources')}</h2>
      {marked.length > 0 && <ol>{items(marked)}</ol>}
      {others.length > 0 &&
        (marked.length > 0 ? (
          <details>
            <summary>{t('Other pages ({0})', others.length)}</summary>
            <ul>{items(others)}</ul>
          </details>
        ) : (
          <ul>{items(others)}</ul>
        ))}
      {citations.length >= mostSources && <p>{sourcesAreCut(t)}</p>}
    </div>
  );
}

/** Marks of footnotes belong to the text. */
function isUnused({ mark }: Citation, cited: ReadonlySet<string> | undefined): boolean {
  return mark !== undefined && !mark.startsWith('^') && cited !== undefined && !cited.has(mark);
}

function Source({ citation, label, unused }: { citation: Citation; label: string; unused: boolean }) {
  const t = useTranslate();
  const { url, title, snippet } = citation;
  const site = domain(url);
  const isLink = /^https?:\/\//i.test(url);
  const name = title === undefined || title === '' ? site : plain(title);
  const words = snippet === undefined ? '' : `\n${plain(snippet)}`;
  return (
    <li class={unused ? 'source unused' : 'source'} {...(label !== '' && { value: Number(label) })}>
      <span class="source-line">
        {isLink ? (
          <a
            href={url}
            title={`${sourceTitle(citation)}\n${shownUrl(url)}${words}`}
            rel="noopener noreferrer"
            dir="auto"
          >
            {name}
          </a>
        ) : (
          <span>{name}</span>
        )}
        {name !== site && site !== '' && <span class="source-site">{site}</span>}
        {citation.date !== undefined && <span class="source-site">{plain(citation.date)}</span>}
        {unused && <span class="source-site">{t('not cited')}</span>}
      </span>
    </li>
  );
}

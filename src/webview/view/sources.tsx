import type { Citation } from '../../shared/answer.ts';
import { plain } from '../bidi.ts';
import { domain, shownUrl, sourceTitle } from '../format.ts';
import { useTranslate } from './translator.ts';

interface SourcesProps {
  readonly citations: readonly Citation[];
  /** Numbers that the answer names; absent while it may still name others. */
  readonly cited: ReadonlySet<number> | undefined;
}

/** The sources of an answer under the numbers that its text uses. */
export function Sources({ citations, cited }: SourcesProps) {
  const t = useTranslate();
  return (
    <div class="sources" role="group" aria-label={t('Sources')}>
      <h2>{t('Sources')}</h2>
      <ol>
        {citations.map((citation, index) => (
          <Source key={index} citation={citation} unused={cited !== undefined && !cited.has(index + 1)} />
        ))}
      </ol>
    </div>
  );
}

function Source({ citation, unused }: { citation: Citation; unused: boolean }) {
  const t = useTranslate();
  const { url, title } = citation;
  const site = domain(url);
  const isLink = /^https?:\/\//i.test(url);
  const name = title === undefined || title === '' ? site : plain(title);
  return (
    <li class={unused ? 'source unused' : 'source'}>
      <span class="source-line">
        {isLink ? (
          <a href={url} title={`${sourceTitle(citation)}\n${shownUrl(url)}`} rel="noopener noreferrer" dir="auto">
            {name}
          </a>
        ) : (
          <span>{name}</span>
        )}
        {name !== site && <span class="source-site">{site}</span>}
        {citation.date !== undefined && <span class="source-site">{plain(citation.date)}</span>}
        {unused && <span class="source-site">{t('not cited')}</span>}
      </span>
    </li>
  );
}

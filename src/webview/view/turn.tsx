import { Component } from 'preact';
import type { TurnView } from '../../shared/protocol.ts';
import type { Translate } from '../../shared/l10n.ts';
import { Answer } from './answer.tsx';
import { Chip } from './chip.tsx';

interface TurnProps {
  readonly turn: TurnView;
  readonly revision: number;
  /** The host that is asked. */
  readonly host: string;
  readonly isLast: boolean;
  readonly t: Translate;
}

/** A question with its answer. It is rendered again only when something of it changed. */
export class Turn extends Component<TurnProps> {
  override shouldComponentUpdate(next: TurnProps): boolean {
    const { turn, revision, isLast, t } = this.props;
    return turn !== next.turn || revision !== next.revision || isLast !== next.isLast || t !== next.t;
  }

  override render({ turn, revision, host, isLast, t }: TurnProps) {
    return (
      <li class="turn" data-turn={turn.id}>
        <article class="question" aria-label={t('Question')}>
          <p class="question-text" dir="auto">
            {turn.question}
          </p>
          {turn.attachments.length > 0 && (
            <ul class="chips" aria-label={t('Context of the question')}>
              {turn.attachments.map((attachment) => (
                <Chip key={attachment.id} attachment={attachment} />
              ))}
            </ul>
          )}
          {turn.leftOut !== undefined && (
            <p class="fine">{t('Sent without the oldest turns of this conversation ({0}).', turn.leftOut)}</p>
          )}
        </article>
        <Answer key={revision} turn={turn} host={host} isLast={isLast} />
      </li>
    );
  }
}

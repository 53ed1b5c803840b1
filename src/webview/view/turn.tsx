import { Component } from 'preact';
import type { TurnView } from '../../shared/protocol.ts';
import type { Translate } from '../../shared/l10n.ts';
import { Answer } from './answer.tsx';
import { Question } from './question.tsx';

interface TurnProps {
  readonly turn: TurnView;
  readonly revision: number;
  /** The server that is asked. */
  readonly server: string;
  /** Whether an answer is being written, this one or another. */
  readonly busy: boolean;
  readonly t: Translate;
}

/** A question with its answer. It is rendered again only when something of it changed. */
export class Turn extends Component<TurnProps> {
  override shouldComponentUpdate(next: TurnProps): boolean {
    const { turn, revision, busy, t } = this.props;
    return turn !== next.turn || revision !== next.revision || busy !== next.busy || t !== next.t;
  }

  override render({ turn, revision, server, busy }: TurnProps) {
    return (
      <li class="turn" data-turn={turn.id}>
        <Question turn={turn} busy={busy} />
        <Answer key={revision} turn={turn} server={server} busy={busy} />
      </li>
    );
  }
}

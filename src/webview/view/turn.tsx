import { Component } from 'preact';
import type { TurnView } from '../../shared/protocol.ts';
import type { Translate } from '../../shared/l10n.ts';
import { Answer } from './answer.tsx';
import { Question } from './question.tsx';

interface TurnProps {
  readonly turn: TurnView;
  readonly revision: number;
  /** Host of the server. */
  readonly server: string;
  /** Whether any answer is running. */
  readonly busy: boolean;
  readonly t: Translate;
}

/** A question with its answer, rendered again only when it changed. */
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

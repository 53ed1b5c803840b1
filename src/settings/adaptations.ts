import type { Memento } from 'vscode';
import { adapted, noAdaptation, withoutRefusal, type Adaptation } from '../api/adaptation.ts';
import { asArray, asObject, asString } from '../shared/json.ts';
import { wireOf } from '../api/url.ts';
import type { WireId } from '../shared/wireId.ts';
import type { Connection } from '../api/connection/connection.ts';
import type { RefusedField } from '../shared/protocol.ts';

/** Keyed by API as well: what one API rejects, another may accept. */
type Named = Pick<Connection, 'name' | 'model'> &
  Partial<Pick<Connection, 'baseUrl' | 'api'>> & { readonly wire?: WireId | undefined };

/** Fields that servers rejected and that the user agreed to omit or rename, by connection and model. */
export class Adaptations {
  readonly #memento: Memento;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  of(connection: Named): Adaptation {
    return readAdaptation(this.#memento.get(key(connection)));
  }

  async add(connection: Named, refused: RefusedField): Promise<void> {
    await this.#memento.update(key(connection), adapted(this.of(connection), refused));
  }

  async forget(connection: Named): Promise<void> {
    await this.#memento.update(key(connection), undefined);
  }

  /** Sends the field unchanged again. */
  async revoke(connection: Named, field: string): Promise<void> {
    const { omitted, renamed } = withoutRefusal(this.of(connection), field);
    const isEmpty = omitted.length === 0 && Object.keys(renamed).length === 0;
    await this.#memento.update(key(connection), isEmpty ? undefined : { omitted, renamed });
  }
}

function key({ name, model, baseUrl, api, wire: asked }: Named): string {
  const wire = asked ?? (baseUrl === undefined ? 'chat-completions' : wireOf({ baseUrl, api, model }));
  return `adaptation ${JSON.stringify(wire === 'chat-completions' ? [name, model] : [name, model, wire])}`;
}

function readAdaptation(value: unknown): Adaptation {
  const stored = asObject(value);
  if (!stored) return noAdaptation;
  const omitted = (asArray(stored['omitted']) ?? []).flatMap((field) => asString(field) ?? []);
  const renamed = Object.entries(asObject(stored['renamed']) ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return { omitted, renamed: Object.fromEntries(renamed) };
}

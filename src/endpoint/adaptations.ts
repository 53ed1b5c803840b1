import type { Memento } from 'vscode';
import { adapted, noAdaptation, withoutRefusal, type Adaptation } from '../api/adaptation.ts';
import { asArray, asObject, asString } from '../api/json.ts';
import type { Profile } from '../api/profile.ts';
import type { RefusedField } from '../shared/protocol.ts';

type Named = Pick<Profile, 'name' | 'model'>;

/** What servers refused and the user agreed to leave out or rename, for each profile and model. */
export class Adaptations {
  readonly #memento: Memento;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  of(profile: Named): Adaptation {
    return readAdaptation(this.#memento.get(key(profile)));
  }

  async add(profile: Named, refused: RefusedField): Promise<void> {
    await this.#memento.update(key(profile), adapted(this.of(profile), refused));
  }

  /** From now on the field is sent again as it is. */
  async revoke(profile: Named, field: string): Promise<void> {
    const { omitted, renamed } = withoutRefusal(this.of(profile), field);
    const isEmpty = omitted.length === 0 && Object.keys(renamed).length === 0;
    await this.#memento.update(key(profile), isEmpty ? undefined : { omitted, renamed });
  }
}

function key({ name, model }: Named): string {
  return `adaptation ${JSON.stringify([name, model])}`;
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

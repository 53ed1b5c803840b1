import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Translate } from '../../shared/l10n.ts';

/** The translator, for every component. */
export const Translator = createContext<Translate>((text) => text);

export function useTranslate(): Translate {
  return useContext(Translator);
}

/** The supported APIs. */
export const wireIds = ['chat-completions', 'responses'] as const;

export type WireId = (typeof wireIds)[number];

/** As its makers call it. */
export function wireName(wire: WireId): string {
  return wire === 'responses' ? 'Responses API' : 'Chat Completions API';
}

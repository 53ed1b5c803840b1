import type { PenaltyRange } from '../../shared/parameters.ts';

/** A provider or a kind of local server whose particulars are known, so that they need not be typed. */
export interface Provider {
  readonly id: string;
  /** As its makers write it. */
  readonly name: string;
  readonly baseUrl: string;
  /** Page on which keys are made; absent where none is needed. */
  readonly keysUrl?: string;
  /** The usual port on this machine; absent for a provider on the network. */
  readonly localPort?: number;
  /** Whether a stream's usage has to be asked for. */
  readonly includeUsage: boolean;
  /** The penalties that its documentation allows. */
  readonly penaltyRange: PenaltyRange;
  /** Path of completions where the base URL has none; absent: `/v1/chat/completions`. */
  readonly barePath?: string;
}

/** Local servers first, then by name after the one whose dialect is spoken in full. */
export const providers: readonly Provider[] = [
  local('ollama', 'Ollama', 11434),
  local('lmstudio', 'LM Studio', 1234),
  local('llamacpp', 'llama.cpp', 8080),
  local('vllm', 'vLLM', 8000),
  {
    id: 'perplexity',
    name: 'Perplexity',
    baseUrl: 'https://api.perplexity.ai',
    keysUrl: 'https://www.perplexity.ai/account/api/keys',
    includeUsage: false,
    penaltyRange: 'documented',
    barePath: '/chat/completions',
  },
  remote('deepseek', 'DeepSeek', 'https://api.deepseek.com', 'https://platform.deepseek.com/api_keys', true),
  remote(
    'gemini',
    'Gemini',
    'https://generativelanguage.googleapis.com/v1beta/openai',
    'https://aistudio.google.com/apikey',
    true,
  ),
  remote('groq', 'Groq', 'https://api.groq.com/openai/v1', 'https://console.groq.com/keys', false),
  remote('mistral', 'Mistral', 'https://api.mistral.ai/v1', 'https://console.mistral.ai/api-keys', false),
  remote('openai', 'OpenAI', 'https://api.openai.com/v1', 'https://platform.openai.com/api-keys', true),
  remote('openrouter', 'OpenRouter', 'https://openrouter.ai/api/v1', 'https://openrouter.ai/settings/keys', true),
  remote('together', 'Together', 'https://api.together.xyz/v1', 'https://api.together.ai/settings/api-keys', true),
  remote('xai', 'xAI', 'https://api.x.ai/v1', 'https://console.x.ai', false),
];

/** The provider that a URL belongs to, by its host; of a local server by its port. */
export function providerOf(url: URL): Provider | undefined {
  const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  return providers.find(({ baseUrl, localPort }) =>
    localPort === undefined ? new URL(baseUrl).host === url.host : isLocal && String(localPort) === url.port,
  );
}

function local(id: string, name: string, port: number): Provider {
  const baseUrl = `http://127.0.0.1:${port}/v1`;
  return { id, name, baseUrl, localPort: port, includeUsage: true, penaltyRange: 'wide' };
}

function remote(id: string, name: string, baseUrl: string, keysUrl: string, includeUsage: boolean): Provider {
  return { id, name, baseUrl, keysUrl, includeUsage, penaltyRange: 'wide' };
}

import type { PenaltyRange } from '../../shared/parameters.ts';
import type { WireId } from '../../shared/wireId.ts';

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
  /** Path of each API where the base URL has none; absent: that of the provider's own base URL. */
  readonly barePaths?: Readonly<Record<WireId, string>>;
  /** Paths below which the host is another product. */
  readonly otherProduct?: RegExp;
  /** The API where neither connection nor URL says which; absent: Chat Completions. */
  wireFor?(model: string): WireId;
  /** Whether its Chat Completions API has ended. */
  readonly chatRetired?: true;
  /** The hosts of a provider where each customer has another. */
  readonly hosts?: RegExp;
  /** The header for the key; absent: `Authorization`. */
  readonly keyHeader?: string;
  /** Whether its Responses API takes `top_k`, the penalties and `stop`. */
  readonly sampling?: true;
  /** The form in which its Chat Completions API takes whether to reason; absent: `thinking: {type}`. */
  readonly thinkingField?: 'thinking' | 'reasoning' | 'template' | 'enable_thinking';
  /** Names of its own levels, which are sent as `preset` in place of a model. */
  readonly levels?: RegExp;
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
    barePaths: { 'chat-completions': '/chat/completions', responses: '/v1/agent' },
    otherProduct: /^\/router\//,
    // Sonar has ended, and a connection that asks for it is shown so; all other models are asked for as agents.
    wireFor: (model) => (/^sonar/i.test(model) ? 'chat-completions' : 'responses'),
    chatRetired: true,
    levels: /^(?:fast|low|medium|high|xhigh)(?:@.+)?$/,
  },
  {
    id: 'azure',
    name: 'Azure OpenAI',
    baseUrl: 'https://YOUR-RESOURCE.openai.azure.com/openai/v1',
    keysUrl: 'https://portal.azure.com',
    includeUsage: true,
    penaltyRange: 'wide',
    hosts: /\.(?:openai\.azure|cognitiveservices\.azure|services\.ai\.azure)\.com$/,
    keyHeader: 'api-key',
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
  {
    ...remote('openrouter', 'OpenRouter', 'https://openrouter.ai/api/v1', 'https://openrouter.ai/settings/keys', true),
    thinkingField: 'reasoning',
  },
  remote('together', 'Together', 'https://api.together.xyz/v1', 'https://api.together.ai/settings/api-keys', true),
  remote('xai', 'xAI', 'https://api.x.ai/v1', 'https://console.x.ai', false),
];

/** The provider that a URL belongs to, by its host and path; of a local server by its port. */
export function providerOf(url: URL): Provider | undefined {
  const isLocal = ['127.0.0.1', 'localhost', '[::1]', '0.0.0.0'].includes(url.hostname);
  return providers.find(({ baseUrl, localPort, otherProduct, hosts }) => {
    if (localPort !== undefined) return isLocal && String(localPort) === url.port;
    if (hosts) return hosts.test(url.hostname);
    return new URL(baseUrl).host === url.host && !otherProduct?.test(url.pathname);
  });
}

function local(id: string, name: string, port: number): Provider {
  const baseUrl = `http://127.0.0.1:${port}/v1`;
  return {
    id,
    name,
    baseUrl,
    localPort: port,
    includeUsage: true,
    penaltyRange: 'wide',
    sampling: true,
    thinkingField: 'template',
  };
}

function remote(id: string, name: string, baseUrl: string, keysUrl: string, includeUsage: boolean): Provider {
  return { id, name, baseUrl, keysUrl, includeUsage, penaltyRange: 'wide' };
}

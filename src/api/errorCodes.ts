/** What an error is about, as far as a name, a number or a phrase tells. */
export type ErrorMeaning =
  | 'keyRefused'
  | 'noCredit'
  /** The key is right, but what was asked is not open to it. */
  | 'forbidden'
  | 'unknownModel'
  /** There is nothing at this URL. */
  | 'notFound'
  | 'retired'
  | 'tooLarge'
  | 'contentFilter'
  | 'rateLimit'
  /** It was not processed: worth another try. */
  | 'overloaded'
  | 'serverError';

/** The meaning of the most specific code that is known. @param codes In lower case, the most specific last. */
export function codeMeaning(codes: readonly string[]): ErrorMeaning | undefined {
  for (const code of codes.toReversed()) {
    const plain = code.replaceAll(/[^a-z0-9]/g, '');
    const row = table.find(([known]) => known === plain);
    if (row) return row[1];
  }
  return undefined;
}

/** A code without its marks between words, its meaning, and who documents or sends it. */
const table: readonly (readonly [code: string, meaning: ErrorMeaning, source: string])[] = [
  ['chatcompletionsnotavailable', 'retired', 'Perplexity, since 2026-09-27'],
  ['agentapimigrationrequired', 'retired', 'Perplexity, since 2026-09-27'],

  ['invalidapikey', 'keyRefused', 'OpenAI, Groq, DashScope'],
  ['authenticationerror', 'keyRefused', 'Anthropic, DeepSeek, OpenAI'],
  ['invalidauthenticationerror', 'keyRefused', 'Moonshot'],
  ['incorrectapikeyerror', 'keyRefused', 'Moonshot'],
  ['autherror', 'keyRefused', 'LiteLLM'],
  ['apikeyinvalid', 'keyRefused', 'Gemini, in details'],
  ['unauthenticated', 'keyRefused', 'Google RPC'],
  ['tokenexpired', 'keyRefused', 'LiteLLM'],
  ['expiredkey', 'keyRefused', 'LiteLLM'],
  ['1000', 'keyRefused', 'Zhipu'],
  ['1001', 'keyRefused', 'Zhipu'],
  ['1002', 'keyRefused', 'Zhipu'],
  ['1003', 'keyRefused', 'Zhipu'],
  ['1004', 'keyRefused', 'MiniMax, Zhipu'],

  ['insufficientquota', 'noCredit', 'OpenAI'],
  ['insufficientuserquota', 'noCredit', 'one-api'],
  ['insufficientbalance', 'noCredit', 'DeepSeek'],
  ['insufficientbalanceerror', 'noCredit', 'MiniMax'],
  ['insufficientcredits', 'noCredit', 'OpenRouter'],
  ['insufficientfunds', 'noCredit', 'gateways'],
  ['exceededcurrentquotaerror', 'noCredit', 'Moonshot'],
  ['billingnotactive', 'noCredit', 'OpenAI'],
  ['billinghardlimitreached', 'noCredit', 'OpenAI'],
  ['billingerror', 'noCredit', 'Anthropic'],
  ['accountdeactivated', 'noCredit', 'OpenAI'],
  ['arrearage', 'noCredit', 'DashScope'],
  ['accountoverdueerror', 'noCredit', 'Volcengine'],
  ['budgetexceeded', 'noCredit', 'LiteLLM'],
  ['paymentrequired', 'noCredit', 'gateways'],
  ['creditlimitexceeded', 'noCredit', 'gateways'],
  ['1112', 'noCredit', 'Zhipu'],
  ['1113', 'noCredit', 'Zhipu'],
  ['1008', 'noCredit', 'MiniMax'],

  ['unsupportedcountryregionterritory', 'forbidden', 'OpenAI'],
  ['requestforbidden', 'forbidden', 'OpenAI'],
  ['modelaccessdenied', 'forbidden', 'DashScope, gateways'],
  ['accessdenied', 'forbidden', 'DashScope'],
  ['accessdeniedexception', 'forbidden', 'Bedrock'],
  ['permissiondeniederror', 'forbidden', 'Anthropic, OpenAI'],
  ['permissionerror', 'forbidden', 'Anthropic'],
  ['permissiondenied', 'forbidden', 'Google RPC'],
  ['organizationrestricted', 'forbidden', 'OpenAI'],
  ['ipnotauthorized', 'forbidden', 'OpenAI'],
  ['modelnotallowed', 'forbidden', 'gateways'],

  ['modelnotfound', 'unknownModel', 'OpenAI, Groq, Together'],
  ['modelnotfounderror', 'unknownModel', 'DashScope'],
  ['invalidmodel', 'unknownModel', 'Mistral, Perplexity'],
  ['unknownmodel', 'unknownModel', 'GitHub Models'],
  ['modelnotexist', 'unknownModel', 'SiliconFlow'],
  ['modelnotavailable', 'unknownModel', 'gateways'],
  ['deploymentnotfound', 'unknownModel', 'Azure'],
  ['1211', 'unknownModel', 'Zhipu'],
  ['unknownurl', 'notFound', 'OpenAI, Groq'],

  ['contextlengthexceeded', 'tooLarge', 'OpenAI, xAI, Groq'],
  ['contextwindowexceeded', 'tooLarge', 'gateways'],
  ['contextwindowexceedederror', 'tooLarge', 'LiteLLM'],
  ['exceedcontextsizeerror', 'tooLarge', 'llama.cpp'],
  ['modelmaxprompttokensexceeded', 'tooLarge', 'GitHub Copilot'],
  ['stringabovemaxlength', 'tooLarge', 'OpenAI'],
  ['tokenslimitreached', 'tooLarge', 'GitHub Models'],
  ['requesttoolarge', 'tooLarge', 'Anthropic'],
  ['payloadtoolarge', 'tooLarge', 'gateways'],
  ['inputtoolong', 'tooLarge', 'gateways'],
  ['1261', 'tooLarge', 'Zhipu'],

  ['contentfilter', 'contentFilter', 'Azure, Moonshot, Zhipu'],
  ['contentpolicyviolation', 'contentFilter', 'OpenAI'],
  ['contentpolicyviolationerror', 'contentFilter', 'LiteLLM'],
  ['responsibleaipolicyviolation', 'contentFilter', 'Azure'],
  ['contentmoderation', 'contentFilter', 'gateways'],
  ['moderationblocked', 'contentFilter', 'OpenAI'],
  ['datainspectionfailed', 'contentFilter', 'DashScope'],
  ['sensitivecontentdetected', 'contentFilter', 'Volcengine'],
  ['inputtextsensitivecontentdetected', 'contentFilter', 'Volcengine'],
  ['safetycheckfailed', 'contentFilter', 'gateways'],
  ['1301', 'contentFilter', 'Zhipu'],
  ['1026', 'contentFilter', 'MiniMax, input'],
  ['1027', 'contentFilter', 'MiniMax, output'],

  ['ratelimitexceeded', 'rateLimit', 'OpenAI, Groq'],
  ['ratelimitreached', 'rateLimit', 'GitHub Models'],
  ['ratelimiterror', 'rateLimit', 'Anthropic, Mistral'],
  ['ratelimitreachederror', 'rateLimit', 'Moonshot'],
  ['toomanyrequests', 'rateLimit', 'Azure, gateways'],
  ['throttling', 'rateLimit', 'DashScope'],
  ['throttlingratequota', 'rateLimit', 'DashScope'],
  ['throttlingexception', 'rateLimit', 'Bedrock'],
  ['resourceexhausted', 'rateLimit', 'Google RPC'],
  ['1302', 'rateLimit', 'Zhipu'],
  ['1303', 'rateLimit', 'Zhipu'],

  ['capacityexceeded', 'overloaded', 'Groq, with status 498'],
  ['overloadederror', 'overloaded', 'Anthropic'],
  ['engineoverloadederror', 'overloaded', 'Moonshot'],
  ['overloaded', 'overloaded', 'gateways'],
  ['serviceunavailable', 'overloaded', 'gateways'],
  ['unavailable', 'overloaded', 'Google RPC'],
  ['unavailableerror', 'overloaded', 'llama.cpp'],
  ['modelloading', 'overloaded', 'local servers'],
  ['servererror', 'serverError', 'OpenAI'],
  ['internalservererror', 'serverError', 'gateways'],
  ['internalerror', 'serverError', 'gateways'],
  ['apierror', 'serverError', 'Anthropic'],
];

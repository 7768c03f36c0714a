// The compiler leaves behind what it made of files that are gone; their tests would go on being run.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const folders = ['adapters', 'config', 'domain', 'projections', 'src', 'test'];
const compiled = folders
  .map((folder) => join('dist', folder))
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder, { recursive: true }).map((path) => join(folder, path)));

for (const path of compiled.filter((file) => /\.js(\.map)?$/.test(file))) {
  const source = path.replace(/^dist./, '').replace(/\.js(\.map)?$/, '');
  if (!existsSync(`${source}.ts`) && !existsSync(`${source}.tsx`)) rmSync(path);
}

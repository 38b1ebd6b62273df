#!/usr/bin/env node
// Plain JavaScript, so that the cache is on before Node meets the first file whose types it must strip.
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

// The cache lies in the user's own folder: Node's default is the shared temporary one, where somebody else could put code.
enableCompileCache(join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'rolewright', 'node'));

const { runCommandLine } = await import('./command-line.ts');
await runCommandLine(process.argv);

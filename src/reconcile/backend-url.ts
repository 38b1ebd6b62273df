import type { Environment } from './engine.ts';

/**
 * The environment with a file backend (`PULUMI_BACKEND_URL=file://…`) that keeps no `.attrs` files. The engine replaces
 * the state in one step, but writes the attributes beside it in place: who reads at that instant, or after a run that was
 * killed there, is told "failed to load checkpoint: EOF" of a state that is whole. Nobody needs the attributes.
 */
export function withoutAttributeFiles(env: Environment): Environment {
  const url = env.PULUMI_BACKEND_URL;
  if (url === undefined || !url.startsWith('file://') || /[?&]metadata=/.test(url)) return env;
  return { ...env, PULUMI_BACKEND_URL: `${url}${url.includes('?') ? '&' : '?'}metadata=skip` };
}

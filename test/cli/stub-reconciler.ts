// Preloaded into a run (`node --import`): the engine's place is taken by what STUB says, so that the verbs can be
// watched without an engine. `plan` and `diagnostics` come back as they are; `waits` ends when the run is interrupted.
import { registerHooks } from 'node:module';

const stub = `
  const told = JSON.parse(process.env.STUB);
  async function run({ desired, refresh, signal, onProgress, onEngineOutput }) {
    onProgress('Asking the engine');
    onEngineOutput?.('engine: ' + desired.environment.name + (refresh ? ' refreshed' : '') + '\\n');
    if (told.throws) throw new Error(told.throws);
    if (told.waits) {
      process.stderr.write('waiting\\n');
      const alive = setInterval(() => {}, 1000);
      await new Promise((done) => signal.addEventListener('abort', done, { once: true }));
      clearInterval(alive);
    }
    return [told.plan ?? null, told.diagnostics ?? []];
  }
  export const preview = run;
  export const previewForFile = run;
  export async function up(request) {
    const [plan, diagnostics] = await run(request);
    if (plan === null) return [null, diagnostics];
    if (request.overrides.length > 0) process.stderr.write('overrides ' + request.overrides.join(' ') + '\\n');
    const applied = plan.changes.length > 0 && await request.confirm(plan);
    return [{ plan, applied, modelBefore: null, overridden: [] }, diagnostics];
  }
`;

registerHooks({
  resolve: (specifier, context, next) =>
    /\/reconcile\/(preview|up)\.ts$/u.test(specifier)
      ? { url: 'stub:reconciler', format: 'module', shortCircuit: true }
      : next(specifier, context),
  load: (url, context, next) =>
    url === 'stub:reconciler' ? { format: 'module', source: stub, shortCircuit: true } : next(url, context),
});

import { explainArea } from '../../../src/analysis/explain/explain-area.ts';
import { explainMissing } from '../../../src/analysis/explain/explain-missing.ts';
import { explainPermission } from '../../../src/analysis/explain/explain-permission.ts';
import type {
  AreaExplanation,
  Explanation,
  MissingExplanation,
  PermissionExplanation,
} from '../../../src/analysis/explain/explanation.ts';
import { lookUpHolder } from '../../../src/analysis/explain/look-up-holder.ts';
import type { EffectiveModel } from '../../../src/model/effective-model.ts';
import { lookUpApp } from '../../../src/model/look-up/look-up-app.ts';
import { lookUpPermission } from '../../../src/model/look-up/look-up-permission.ts';
import { explainText } from '../../../src/report/explain-text.ts';
import { plain } from '../../../src/report/paint.ts';

function asked(model: EffectiveModel, reference: string, appReference: string | null) {
  const [found, problems] = lookUpHolder(model, reference);
  if (found === null) throw new Error(JSON.stringify(problems));
  const app = appReference === null ? null : lookUpApp(found.application, appReference)[0];
  return { ...found, app: app === null ? null : { name: app.name, title: app.title } };
}

/** Why a holder has, or has not, a permission, by references as on the command line. */
export function permissionExplained(
  model: EffectiveModel,
  holder: string,
  permission: string,
  app: string | null = null,
): PermissionExplanation {
  const [found, problems] = lookUpPermission(model, permission);
  if (found === null) throw new Error(JSON.stringify(problems));
  const { level } = found;
  return explainPermission({ ...asked(model, holder, app), permission: found.permission, level: level?.name ?? null });
}

/** Everything that a holder has not. */
export function missingExplained(
  model: EffectiveModel,
  reference: string,
  app: string | null = null,
): MissingExplanation {
  const { holder, application, app: titled } = asked(model, reference, app);
  return explainMissing(holder, application, titled);
}

/** What opens an area. */
export function areaExplained(
  model: EffectiveModel,
  reference: string,
  text: string,
  app: string | null = null,
): AreaExplanation {
  const { holder, application, app: titled } = asked(model, reference, app);
  return explainArea(holder, application, text, titled);
}

/** An explanation as it stands in a terminal of 120 columns, a line an entry. */
export function linesOf(explanation: Explanation): readonly string[] {
  return explainText(explanation, 120, plain).split('\n');
}

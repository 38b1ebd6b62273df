import type { Explanation } from '../analysis/explain/explanation.ts';
import { explainAreaText } from './explain-area-text.ts';
import { explainMissingText } from './explain-missing-text.ts';
import { explainPermissionText } from './explain-permission-text.ts';
import type { Paint } from './paint.ts';

const widest = 110;

/** An explanation for a terminal of a width in columns. */
export function explainText(explanation: Explanation, columns: number, paint: Paint): string {
  const width = Math.min(columns, widest);
  switch (explanation.question) {
    case 'permission':
      return explainPermissionText(explanation, width, paint);
    case 'missing':
      return explainMissingText(explanation, width, paint);
    case 'area':
      return explainAreaText(explanation, width, paint);
  }
}

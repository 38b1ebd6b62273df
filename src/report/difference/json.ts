import type { Difference } from '../../model/difference.ts';
import { jsonText } from '../json.ts';

/** A difference as JSON, version 1 of `schemas/difference-v1.schema.json`. */
export function differenceJson(difference: Difference): string {
  return jsonText(difference);
}
